package ai.bctrl.local.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request as it goes over the wire. Immutable.
 *
 * @param target what it is about: the operation before it was changed, and its path
 * @param head whether the answer has no body
 * @param whole whether it is one complete request, so that an answer must come and another request may follow
 * @param slow whether the answer may take as long as the caller asked for
 * @param open whether the connection is left open although something is missing
 * @param sent what is sent, a character for each byte
 */
public record FuzzedRequest(String target, boolean head, boolean whole, boolean slow, boolean open, String sent) {

    /** {@return what is sent} */
    public byte[] bytes() {
        return sent.getBytes(ISO_8859_1);
    }

    /** What can be read, cut where it gets long. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(target).append(": ");
        for (int i = 0; i < Math.min(sent.length(), 3000); i++) {
            char c = sent.charAt(i);
            if (c == '\n') {
                text.append("\\n\n  ");
            } else if (c < ' ' || c > '~') {
                text.append(String.format("\\x%02x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append(" (").append(sent.length()).append(" bytes)").toString();
    }
}
