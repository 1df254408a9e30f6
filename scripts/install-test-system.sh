#!/usr/bin/env bash
# Installs what the tests need from the system and pip cannot bring: a browser, fonts with Chinese characters, and
# other people's readers of our exports (raptor's rapper, serdi, Graphviz), curl, a proxy (HAProxy) and a server to push to
# (Virtuoso).
# Debian and Ubuntu; elsewhere it names what is needed. A browser elsewhere can be named in CKG_CHROMIUM.
set -euo pipefail

if ! command -v apt-get >/dev/null; then
    echo "please install Chromium (or Chrome), a CJK font (Noto Sans CJK), rapper, serdi, Graphviz, curl, HAProxy and Virtuoso" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
packages=(chromium curl fonts-noto-cjk graphviz haproxy make python3-venv raptor2-utils serdi virtuoso-opensource-7-bin)
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
