#!/bin/sh
# Sends one notice and a bulk by curl.
#   BASE=https://127.0.0.1:9310 AUTHORITY=org-ca.pem CLIENT=client CLIENT_ID=… CLIENT_SECRET=… LINK_CODE=… send-by-curl.sh
# CLIENT is the folder that `municipality client add --out` wrote, with the id and secret that it printed.
# With LINK_CODE=AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE and SANDBOX=/sandbox nothing reaches anybody.
set -eu
: "${BASE:?}" "${AUTHORITY:?}" "${CLIENT:?}" "${CLIENT_ID:?}" "${CLIENT_SECRET:?}" "${LINK_CODE:?}"

api() { curl --silent --show-error --cacert "$AUTHORITY" --cert "$CLIENT/client.pem" --key "$CLIENT/client.key" "$@"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

token=$(api --user "$CLIENT_ID:$CLIENT_SECRET" --data grant_type=client_credentials "$BASE/oauth2/token" | field access_token)
[ -n "$token" ] || { echo 'no token' >&2; exit 1; }
as_client() { api --header "Authorization: Bearer $token" "$@"; }
key() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }
expires=$(date -u -d '+60 days' +%Y-%m-%dT%H:%M:%SZ)

draft() {
    printf '{"kind":"information","expires_at":"%s","office":{"name":{"ja":"健康推進課"}},' "$expires"
    printf '"text":{"ja":{"title":"%s","markdown":"12月に健康診断をします。\\n\\n- 保険証\\n- 問診票"}}}' "$1"
}

echo '— one notice'
printf '{"draft":%s,"recipients":[{"link_code":"%s"}]}' "$(draft 健康診断のお知らせ)" "$LINK_CODE" |
    as_client --header 'Content-Type: application/json' --header "Idempotency-Key: $(key)" \
        --data-binary @- "$BASE/api/v1${SANDBOX-}/notices"
echo
[ -z "${SANDBOX-}" ] || exit 0

echo '— a bulk, each with their own day'
sending=$(printf '{"draft":%s,"fields":["day"]}' "$(draft '{{day}}の健康診断')" |
    as_client --header 'Content-Type: application/json' --header "Idempotency-Key: $(key)" \
        --data-binary @- "$BASE/api/v1/sendings" | field id)
printf 'link_code,day\n%s,12月10日\n' "$LINK_CODE" |
    as_client --request PUT --header 'Content-Type: text/csv; charset=utf-8' --header 'Upload-Offset: 0' \
        --data-binary @- "$BASE/api/v1/sendings/$sending/recipients"
echo
as_client --request POST --header "Idempotency-Key: $(key)" "$BASE/api/v1/sendings/$sending/release"
echo
as_client "$BASE/api/v1/sendings/$sending"
echo
