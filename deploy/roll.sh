#!/bin/sh
# Puts the version that .env names in the place of the running one, a replica at a time.
# A new replica is started beside the old ones; when it is ready, one old one is stopped. One that
# does not get ready is removed again and ends the script with 1: the old ones serve on.
# READY_SECONDS: how long a new one may take (120). SETTLE_SECONDS: how long the balancer may take
# to find it (5). BUILD=no: the image of VERSION is there already, as on the way back.
set -eu
cd "$(dirname "$0")/.."
READY_SECONDS=${READY_SECONDS:-120}
SETTLE_SECONDS=${SETTLE_SECONDS:-5}

replicas() {
    docker compose ps --quiet bot
}

is_ready() {
    docker exec "$1" python -c \
        "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/readyz', timeout=4)" \
        >/dev/null 2>&1
}

wait_until_ready() {
    end=$(($(date +%s) + READY_SECONDS))
    until is_ready "$1"; do
        if [ "$(date +%s)" -ge "$end" ]; then
            return 1
        fi
        sleep 1
    done
}

# Prints the id of one more replica, of the new image.
start_one() {
    known=$(replicas)
    wanted=$(($(printf '%s\n' "$known" | wc -l) + 1))
    docker compose up --detach --no-deps --no-build --no-recreate --scale "bot=$wanted" bot >&2
    for replica in $(replicas); do
        case $known in
            *"$replica"*) ;;
            *) printf '%s\n' "$replica" ;;
        esac
    done
}

stop_one() {
    docker stop -t 30 "$1" >/dev/null
    docker rm "$1" >/dev/null
}

if [ "${BUILD:-yes}" = yes ]; then
    docker compose build bot
fi
old=$(replicas)
if [ -z "$old" ]; then
    echo "no replica runs: docker compose up -d" >&2
    exit 1
fi
docker compose run --rm --no-deps migrate
# One that was stopped by hand would be started in the place of a new one.
docker compose rm --force bot >/dev/null
for replica in $old; do
    new=$(start_one)
    if [ -z "$new" ]; then
        echo "no new replica was started" >&2
        exit 1
    fi
    if ! wait_until_ready "$new"; then
        docker logs --tail 20 "$new" >&2 || true
        stop_one "$new"
        echo "the new version did not get ready in $READY_SECONDS s; the old replicas run on" >&2
        exit 1
    fi
    sleep "$SETTLE_SECONDS"
    stop_one "$replica"
    echo "$replica is replaced by $new"
done
