#!/bin/sh
# Sees to it that the tests find their real parts: a Chromium, a PostgreSQL that Prefect's server can live on, an
# nginx, and strace, which counts what reaches the disk. What is there is taken; what is missing is Debian's, where
# that may be installed.
# Never fails and never asks: without a part its tests are skipped, and pytest says so at its end.
# PARTS_ROOT is another machine's root folder, for the test of this script.

browser() {
  for name in "${DONDOC_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    [ -n "$name" ] && command -v "$name" >/dev/null && return 0
  done
  return 1
}

postgresql() {
  for found in "${PARTS_ROOT:-}"/usr/lib/postgresql/*/bin/initdb; do
    [ -x "$found" ] && return 0
  done
  return 1
}

nginx_server() {
  command -v nginx >/dev/null || [ -x "${PARTS_ROOT:-}/usr/sbin/nginx" ]
}

system_calls() {
  command -v strace >/dev/null
}

# Papers are set as pages; Liberation Serif 2 has the measures of Times New Roman and all letters of Vietnamese.
office() {
  { command -v soffice || command -v libreoffice; } >/dev/null && \
    [ -f "${PARTS_ROOT:-}/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf" ]
}

missing=""
browser || missing="$missing chromium fonts-liberation"
postgresql || missing="$missing postgresql"
nginx_server || missing="$missing nginx-light"
system_calls || missing="$missing strace"
office || missing="$missing libreoffice-writer-nogui fonts-liberation2"

if [ -z "$missing" ]; then
  echo "Real parts for the tests: all here"
  exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing Debian's$missing for the tests …"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # shellcheck disable=SC2086 - several names
  if { apt-get -q update && apt-get -qy install --no-install-recommends $missing; } </dev/null >"$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  echo "They could not be installed ($log says why)."
fi

echo "Tests that need one of$missing will be skipped."
exit 0
