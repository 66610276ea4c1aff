package ai.bctrl.junit.internal.redaction;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;

/**
 * Finds many texts in one pass over another (Aho and Corasick's automaton), each also in its base64 form. Immutable.
 *
 * <p>Texts of less than {@value #SHORT} characters are only found as whole words: they are likely to be a part of others.
 */
final class SecretMatcher {
    static final int SHORT = 6;

    private static final int WHOLE_WORD = 1;
    private static final int BASE64 = 2;
    private static final int ASCII = 128;

    /** Fewer characters of base64 would be found in any larger picture. */
    private static final int SHORTEST_BASE64 = 6;

    private final int[] rootNext = new int[ASCII];
    private Transitions next = new Transitions();
    private int[] fail = new int[64];
    private int[] length = new int[64];
    private int[] flags = new int[64];
    private int[] shorter = new int[64];
    private int nodes = 1;

    SecretMatcher(Collection<String> secrets) {
        for (String secret : secrets) {
            add(secret, secret.length() < SHORT ? WHOLE_WORD : 0);
            if (secret.indexOf(' ') >= 0) {
                add(secret.replace(' ', '+'), secret.length() < SHORT ? WHOLE_WORD : 0);
            }
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            if (bytes.length != secret.length()) {
                add(new String(bytes, StandardCharsets.ISO_8859_1), 0);
            }
            addBase64(bytes);
        }
        link();
    }

    /** Tells of each place where one of the texts stands; the places may overlap. */
    void find(DecodedText view, Spans spans) {
        if (nodes == 1) {
            return;
        }
        String text = view.text();
        int state = 0;
        for (int i = 0; i < text.length(); i++) {
            state = step(state, text.charAt(i));
            for (int node = length[state] > 0 ? state : shorter[state]; node != 0; node = shorter[node]) {
                int start = i + 1 - length[node];
                if ((flags[node] & BASE64) != 0) {
                    // The characters next to it hold some bits of the secret too.
                    int from = start > 0 && isBase64(text.charAt(start - 1)) ? start - 1 : start;
                    int to = i + 1 < text.length() && isBase64(text.charAt(i + 1)) ? i + 2 : i + 1;
                    spans.add(view, from, to);
                    break;
                } else if ((flags[node] & WHOLE_WORD) == 0 || isWord(text, start, i + 1)) {
                    spans.add(view, start, i + 1);
                    break;
                }
            }
        }
    }

    private int step(int from, char c) {
        int state = from;
        while (state != 0) {
            int to = next.get(state, c);
            if (to != 0) {
                return to;
            }
            state = fail[state];
        }
        return c < ASCII ? rootNext[c] : next.get(0, c);
    }

    private static boolean isWord(String text, int start, int end) {
        boolean open = start > 0
                && Character.isLetterOrDigit(text.charAt(start - 1))
                && Character.isLetterOrDigit(text.charAt(start));
        boolean more = end < text.length()
                && Character.isLetterOrDigit(text.charAt(end))
                && Character.isLetterOrDigit(text.charAt(end - 1));
        return !open && !more;
    }

    private static boolean isBase64(char c) {
        return c < ASCII && (Character.isLetterOrDigit(c) || c == '+' || c == '/' || c == '-' || c == '_');
    }

    /** Adds what the secret looks like in base64 at each of the three places where it may begin in a group. */
    private void addBase64(byte[] secret) {
        for (int skipped = 0; skipped < 3; skipped++) {
            byte[] shifted = new byte[skipped + secret.length];
            System.arraycopy(secret, 0, shifted, skipped, secret.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = (skipped * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            boolean alone = skipped == 0 && to < SHORTEST_BASE64 && encoded.length() >= SHORTEST_BASE64;
            String stable = alone ? encoded : encoded.substring(from, Math.max(from, to));
            if (stable.length() >= SHORTEST_BASE64) {
                int flag = alone ? WHOLE_WORD : BASE64;
                add(stable, flag);
                add(stable.replace('+', '-').replace('/', '_'), flag);
            }
        }
    }

    private void add(String text, int flag) {
        int node = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int to = next.get(node, c);
            if (to == 0) {
                to = newNode();
                next.put(node, c, to);
            }
            node = to;
        }
        flags[node] = length[node] > 0 ? flags[node] & flag : flag;
        length[node] = text.length();
    }

    private int newNode() {
        if (nodes == fail.length) {
            fail = Arrays.copyOf(fail, nodes * 2);
            length = Arrays.copyOf(length, nodes * 2);
            flags = Arrays.copyOf(flags, nodes * 2);
            shorter = Arrays.copyOf(shorter, nodes * 2);
        }
        return nodes++;
    }

    private void link() {
        int[][] children = next.byParent(nodes);
        ArrayDeque<Integer> queue = new ArrayDeque<>();
        queue.add(0);
        while (!queue.isEmpty()) {
            int parent = queue.remove();
            for (int child : children[parent]) {
                char c = next.character(child);
                if (parent == 0) {
                    if (c < ASCII) {
                        rootNext[c] = child;
                    }
                } else {
                    fail[child] = step(fail[parent], c);
                    shorter[child] = length[fail[child]] > 0 ? fail[child] : shorter[fail[child]];
                }
                queue.add(child);
            }
        }
    }
}
