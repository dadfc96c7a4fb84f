/**
 * A script for `bash -c` that runs the words after its name as a command on a virtual display of their own, which ends with it.
 * So does xvfb-run, but that waits for a signal, which on a busy machine comes before the wait: then it never goes on. The
 * display says here through a pipe that it is ready, or closes it where another one has its number.
 */
export const withDisplay = `
folder=$(mktemp -d)
export XAUTHORITY=$folder/authority
touch "$XAUTHORITY"
mkfifo "$folder/ready"
server=
trap '[ -z "$server" ] || { kill $server; wait $server; } 2>/dev/null; rm -rf "$folder"' EXIT
cookie=$(mcookie)
number=98
until [ -n "$server" ]; do
  number=$((number + 1))
  [ $number -lt 1000 ] || exit 1
  [ ! -e "/tmp/.X$number-lock" ] || continue
  xauth add ":$number" . "$cookie" 2>/dev/null
  Xvfb ":$number" -screen 0 1280x1024x24 -nolisten tcp -auth "$XAUTHORITY" -displayfd 3 >/dev/null 2>&1 3>"$folder/ready" &
  server=$!
  read -r _ <"$folder/ready" || server=
done
export DISPLAY=:$number
"$@"
`
