#!/bin/sh
# Runs a script where a systemd of the user's own looks after services: in a mount namespace, so that nothing outside of it
# takes this machine for one that systemd has started. Ends with 77 where that cannot be had.
set -e
mount -t tmpfs run /run
mkdir -p /run/systemd/system /run/user
mkdir -m 700 "$XDG_RUNTIME_DIR"
umount -R /sys/fs/cgroup 2>/dev/null || true
mount -t tmpfs cgroup /sys/fs/cgroup || exit 77
if grep -q '^0::' /proc/self/cgroup && ! grep -q 'name=systemd' /proc/self/cgroup; then
  mount -t cgroup2 none /sys/fs/cgroup || exit 77
else
  mkdir /sys/fs/cgroup/systemd /sys/fs/cgroup/unified
  mount -t cgroup -o none,name=systemd cgroup /sys/fs/cgroup/systemd || exit 77
  mount -t cgroup2 none /sys/fs/cgroup/unified || exit 77
fi
/usr/lib/systemd/systemd --user --log-target=console >"$HOME/systemd.log" 2>&1 &
manager=$!
# Until it answers, a minute at most.
tries=600
until systemctl --user is-system-running >/dev/null 2>&1 || [ "$tries" = 0 ]; do
  kill -0 "$manager" 2>/dev/null || exit 77
  tries=$((tries - 1))
  sleep 0.1
done
[ "$tries" != 0 ] || exit 77
status=0
sh -e -c "$1" || status=$?
systemctl --user exit >/dev/null 2>&1 || kill "$manager"
wait "$manager" || true
exit "$status"
