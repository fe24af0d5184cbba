"""Why a mutant may live: the gaps of the generated tests, and what is no fault at all."""

from __future__ import annotations

from .source import Mutant

# Why a mutant is alive, by its file and how its text begins. A gap is called one.
EXPLAINED: dict[tuple[str, str], str] = {
    ("client.py", '"https://whitebit.eu"'): "gap: no call goes to the second server",
    ("_interpret.py", "204"): "no operation of this document answers 204",
    ("client.py", "jwt_auth"): "gap: with_credentials is not called",
    ("_call.py", "raise self.not_sent"): "gap: no test fills the rate limiter",
    ("_call.py", "raise making.not_sent"): "gap: no test waits for another call",
    (
        "_call.py",
        "raise ConfigurationError",
    ): "gap: look_up of an unknown outcome is not called",
    ("_interpret.py", "raise DecodeError"): "gap: no answer of another JSON kind",
    ("_interpret.py", "300"): "no operation answers with an address",
    ("_interpret.py", "200"): "only the wording of a message depends on it",
    ("_encode.py", "isinstance(value, (bytes"): "no argument is bytes",
    ("_encode.py", "isinstance(value, Decimal)"): "no Decimal gets there unconverted",
    ("_encode.py", "not value.isascii()"): "gap: no argument has half a surrogate",
    ("_encode.py", "value is None"): "no operation sends a multipart form",
    ("_decode.py", "raise ValueError"): "gap: no answer says NaN",
    ("crypto_lending_flex.py", "("): "a row of the code table gives the same reason",
    ("_prepare.py", "self.base_url in own"): "no operation has a server of its own",
}


def explained(mutant: Mutant) -> str:
    """Give the reason why a mutant may live, if there is one."""
    text = mutant.old.decode()
    return next(
        (
            reason
            for (file, begin), reason in EXPLAINED.items()
            if file == mutant.file and text.startswith(begin)
        ),
        "no reason known",
    )
