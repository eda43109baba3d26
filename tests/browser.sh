# Makes sure there is a Chromium for the browser tests. Where there is none and none can
# be installed, says so; those tests are then reported as skipped, by name.
set -u
command -v chromium >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "browser tests: installing chromium"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends chromium fonts-dejavu-core >/dev/null
fi
command -v chromium >/dev/null 2>&1 ||
    echo "browser tests: no chromium here and none could be installed; they are skipped"
exit 0
