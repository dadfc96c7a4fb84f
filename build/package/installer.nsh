; What electron-builder's uninstaller for Windows does besides: takes back what the program told the system about itself.
; Not on updates, which run the old version's uninstaller. Settings stay, unless it is called with --delete-app-data.

!macro customUnInstall
  ${ifNot} ${isUpdated}
    Push $R0
    Push $R1
    Push $R2

    ; Electron writes the program in quotes, then its arguments. Another program that has taken the addresses over keeps them.
    ReadRegStr $R0 HKCU "Software\Classes\discourse\shell\open\command" ""
    StrCpy $R1 '"$INSTDIR\'
    StrLen $R2 $R1
    StrCpy $R0 $R0 $R2
    ${if} $R0 == $R1
      DeleteRegKey HKCU "Software\Classes\discourse"
    ${endIf}

    ; Electron names the login item, and Windows what the user has decided about it, after the program's id.
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "${APP_ID}"
    DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Explorer\StartupApproved\Run" "${APP_ID}"

    ; V8's code cache, which is worth nothing without the program.
    RMDir /r "$LOCALAPPDATA\Discourse Notifier\code"
    RMDir "$LOCALAPPDATA\Discourse Notifier"

    Pop $R2
    Pop $R1
    Pop $R0
  ${endIf}
!macroend
