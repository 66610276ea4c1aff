# Starts a browser and ends it when standard input ends, which the kernel brings about whatever kills the control plane.
# $1: directory to remove afterwards, or empty. The other words: the command, which leads into a session of its own.
# Tells the control plane "bctrl-supervisor pid <n>" and "bctrl-supervisor exit <status>" on standard output.
directory=$1
shift
# Background jobs get an empty standard input from some shells, hence the copy.
exec 3<&0 </dev/null

# A terminal's Ctrl-C and a closing terminal hit everybody; only the end of standard input counts here.
trap '' HUP INT PIPE QUIT TERM
(
  trap - HUP INT PIPE QUIT TERM
  exec "$@" 3<&-
) &
browser=$!
echo "bctrl-supervisor pid $browser"

end() {
  # The group first: children that the browser's end would leave alone for a while go with it.
  kill -KILL "-$browser" 2>/dev/null
  kill -KILL "$browser" 2>/dev/null
}

clean() {
  [ -n "$directory" ] || return 0
  tries=0
  # A dying child may write a last file into a directory that is just being emptied.
  while ! rm -rf "$directory" 2>/dev/null && [ "$tries" -lt 100 ]; do
    tries=$((tries + 1))
    sleep 0.05
  done
}

(
  while read -r _; do :; done <&3
  end
  # The main shell does the same and ends this one, unless somebody killed it.
  clean
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-

wait "$browser" 2>/dev/null
status=$?
# The browser may have died in the middle of a line.
printf '\nbctrl-supervisor exit %s\n' "$status" 2>/dev/null
end
kill -KILL "$watcher" 2>/dev/null
clean
exit "$status"
