import { useState } from 'react'
import type { Failure } from '../../common/contract/failure.ts'
import type { Notice } from '../../common/contract/snapshot.ts'
import { type NetworkSettings, type ProxySetting, readProxySetting } from '../../common/preferences/network-settings.ts'
import { useServices } from '../services/services.ts'
import { Select } from '../ui/select.tsx'
import { useUndo } from '../undo/use-undo.ts'
import { CertificateFiles } from './certificate-files.tsx'
import { Section } from './section.tsx'
import { SettingRow } from './setting-row.tsx'
import styles from './settings.module.css'
import { useChange } from './use-change.ts'

interface NetworkSectionProps {
  readonly network: NetworkSettings
  /** The proxy that the computer's administrator has set; null leaves it to the user. */
  readonly decided: ProxySetting | null
  readonly notices: readonly Notice[]
  readonly isGoal: boolean
}

export const NetworkSection = ({ network, decided, notices, isGoal }: NetworkSectionProps) => {
  const { t, host } = useServices()
  const { offer } = useUndo()
  const { change, failure } = useChange()
  // A proxy's address has to be typed before there is anything to send.
  const [isTyping, setTyping] = useState(false)
  const proxy = decided ?? network.proxy
  const isDecided = decided !== null
  const kind = isTyping && !isDecided ? 'manual' : proxy.kind
  return (
    <Section name="network" isGoal={isGoal}>
      <SettingRow
        label={t('settings.proxy')}
        hint={isDecided ? t('settings.decided') : undefined}
        failure={kind === 'manual' ? null : failure}
      >
        {(id, describedBy) => (
          <Select<ProxySetting['kind']>
            id={id}
            describedBy={describedBy}
            disabled={isDecided}
            value={kind}
            options={[
              ['system', t('settings.proxySystem')],
              ['none', t('settings.proxyNone')],
              ['manual', decided?.kind === 'manual' ? decided.url : t('settings.proxyManual')],
            ]}
            onChoose={(chosen) => {
              setTyping(chosen === 'manual')
              if (chosen === 'manual') return
              const before = { network: { proxy } }
              change({ network: { proxy: { kind: chosen } } }, () => {
                // A lost address would have to be typed again.
                if (proxy.kind !== 'manual') return
                offer({ text: t('undo.proxy'), undo: () => host.execute('preferences.change', before) })
              })
            }}
          />
        )}
      </SettingRow>
      {kind === 'manual' && !isDecided && (
        <ProxyAddress
          url={proxy.kind === 'manual' ? proxy.url : ''}
          failure={failure}
          onChange={(chosen, onTaken) => {
            // The field stays while the result is awaited.
            setTyping(true)
            change({ network: { proxy: chosen } }, () => {
              setTyping(false)
              onTaken()
            })
          }}
        />
      )}
      <CertificateFiles files={network.certificates} notices={notices} />
    </Section>
  )
}

interface ProxyAddressProps {
  readonly url: string
  readonly failure: Failure | null
  readonly onChange: (proxy: ProxySetting, onTaken: () => void) => void
}

/** Sent on Enter or when the field loses the focus, if it is a valid address; otherwise the reason is shown below. */
const ProxyAddress = ({ url, failure, onChange }: ProxyAddressProps) => {
  const { t } = useServices()
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState<Failure | null>(null)
  const submit = () => {
    if (typed === null || typed.trim() === '' || typed.trim() === url) return
    const read = readProxySetting(typed)
    setWrong(read.ok ? null : read.failure)
    if (!read.ok) return
    onChange(read.value, () => setTyped((present) => (present === typed ? null : present)))
  }
  return (
    <SettingRow label={t('settings.proxyAddress')} hint={t('settings.proxyHint')} failure={wrong ?? failure}>
      {(id, describedBy) => (
        <input
          id={id}
          className={styles['text']}
          dir="ltr"
          aria-describedby={describedBy}
          aria-invalid={wrong !== null || undefined}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          placeholder="http://proxy.example.org:3128"
          value={typed ?? url}
          onChange={({ target }) => setTyped(target.value)}
          onBlur={submit}
          onKeyDown={({ key }) => {
            if (key === 'Enter') submit()
          }}
        />
      )}
    </SettingRow>
  )
}
