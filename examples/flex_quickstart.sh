#!/bin/sh
# The same without a client: curl, and openssl for the signature. Needs WHITEBIT_BASE_URL,
# WHITEBIT_API_KEY and WHITEBIT_API_SECRET.
set -eu

# call PATH 'FIELDS,' sends the JSON of fields, signed. The body is compact: the exchange
# refuses spaces; what is signed is its Base64; what is sent is the very same text. The
# nonce is the clock in milliseconds, which `date` doesn't know everywhere.
call() {
    nonce=$(python3 -c 'import time; print(time.time_ns() // 1000000)')
    body="{$2\"request\":\"$1\",\"nonce\":$nonce,\"nonceWindow\":true}"
    payload=$(printf %s "$body" | openssl base64 -A)
    signature=$(printf %s "$payload" |
        openssl dgst -sha512 -hmac "$WHITEBIT_API_SECRET" -r | cut -d ' ' -f 1)
    curl --silent --show-error --fail-with-body "$WHITEBIT_BASE_URL$1" \
        -H 'Content-Type: application/json' \
        -H "X-TXC-APIKEY: $WHITEBIT_API_KEY" \
        -H "X-TXC-PAYLOAD: $payload" \
        -H "X-TXC-SIGNATURE: $signature" \
        --data-binary "$body"
    echo
}

flex=/api/v4/main-account/smart-flex
plan='"plan":"8f2e9d3c-1a4b-4c2d-9e5f-6a7b8c9d0e1f",'

printf '1. ' && call "$flex/plans" ''
printf '2. ' && call "$flex/investments/invest" "$plan\"amount\":\"100.00\",\"withReinvest\":true,"
printf '3. ' && call "$flex/investments" ''
printf '4. ' && call "$flex/investments/withdraw" "$plan\"amount\":\"50.00\","
printf '5. ' && call /api/v4/main-account/balance ''
