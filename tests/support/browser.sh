#!/bin/sh
# Sees to it that the browser tests find a Chromium: one that is there, else Debian's where that may be installed.
# Never fails and never asks: without a browser those tests are skipped, and pytest says so at its end.

for name in "${DONDOC_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
  if [ -n "$name" ] && found=$(command -v "$name"); then
    echo "Browser for the tests: $found"
    exit 0
  fi
done

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "No browser here; installing Debian's chromium for the tests …"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  if { apt-get -q update && apt-get -qy install --no-install-recommends chromium fonts-liberation; } \
      </dev/null >"$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  echo "It could not be installed ($log says why)."
fi

echo "The browser tests will be skipped: install chromium, or name one in DONDOC_BROWSER."
exit 0
