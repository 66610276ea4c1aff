package ai.bctrl.local.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.SplittableRandom;

/** Values that programs stumble over. The same seed makes the same ones. Not thread-safe. */
public final class Junk {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "true",
            "[]",
            "{}",
            "\"",
            "0",
            "-1",
            "1.5",
            "1e400",
            "NaN",
            "2147483648",
            "99999999999999999999",
            "00000000-0000-0000-0000-000000000000",
            "../../../../etc/passwd",
            "..\\..\\windows",
            "/",
            "//",
            ".",
            "..",
            "CON",
            "a/b\u0000c",
            "\u0000",
            "\t",
            "\r\nX-Injected: 1",
            "\n\ndata: injected",
            "%",
            "%0d%0aX: y",
            "%2e%2e%2f",
            "%u0041",
            "<script>alert(1)</script>",
            "' OR '1'='1",
            "'; DROP TABLE runs;--",
            "${jndi:ldap://localhost:1/a}",
            "{{7*7}}",
            "$(id)",
            "http://127.0.0.1:1/",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "\u0130\u0131",
            "\u00e4\u00f6\u00fc\u00df",
            "\ud83d\ude00",
            "\ud800",
            "\udc00x",
            "\u202e\u202dabc",
            "\ufeff",
            "\uffff",
            "e\u0301\u0301\u0301",
            "\u200b",
            "test.step",
            "2026-11-22T00:00:00Z",
            "2026-99-99T99:99:99Z",
            "+999999999-12-31T23:59:59Z",
            "-P1Y",
            "bytes=0-",
            "*");

    private static final String BREAKERS = "\0\r\n :\"{\u00ff,%";

    private final SplittableRandom random;

    /** Creates a source of junk. */
    public Junk(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** {@return a number from 0 to below the bound} */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** {@return true as often as the percentage says} */
    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** {@return one of these} */
    public <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** {@return one of these} */
    public String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    /** {@return a text, which may be long, and may be no text at all} */
    public String text() {
        int kind = below(20);
        if (kind < 12) {
            return pick(TEXTS);
        } else if (kind < 14) {
            return unicode(below(40));
        } else if (kind < 16) {
            return ascii(below(40));
        } else if (kind == 16) {
            return pick(TEXTS) + pick(TEXTS);
        } else if (kind == 17) {
            return any("a", "\u00e4", "/", "\ud83d\ude00", ".", "9").repeat(1 + below(300));
        } else if (kind == 18) {
            return "x".repeat(any("255", "256", "257", "1024", "4096").equals("256") ? 256 : 255 + below(4000));
        }
        return chance(10) ? "y".repeat(60_000 + below(10_000)) : ascii(3);
    }

    /** {@return a text like one of these: damaged, or with a part of it again and again} */
    public String like(String... samples) {
        String sample = any(samples);
        return switch (below(4)) {
            case 0 -> sample;
            case 1 -> text();
            case 2 -> {
                int from = below(sample.length());
                String part = sample.substring(from, Math.min(sample.length(), from + 1 + below(5)));
                yield sample.substring(0, from) + part.repeat(1 + below(60)) + any("", "\u0001", "\"", " ", "\u00e4");
            }
            default -> damaged(sample);
        };
    }

    /** {@return a text of printable ASCII} */
    public String ascii(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + below(95)));
        }
        return text.toString();
    }

    private String unicode(int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) below(chance(50) ? 0x10000 : 0x300));
        }
        return text.toString();
    }

    /** {@return what stands for a number in JSON} */
    public String number() {
        return switch (below(6)) {
            case 0 -> Integer.toString(random.nextInt());
            case 1 -> Long.toString(random.nextLong());
            case 2 -> Integer.toString(below(200));
            case 3 -> Double.toString(random.nextDouble() * 1e6);
            case 4 ->
                any(
                        "-0",
                        "0",
                        "-1",
                        "1e5",
                        "1E-400",
                        "1e400",
                        "1e999999999",
                        "2147483647",
                        "2147483648",
                        "0.1",
                        "5e-1");
            default -> any("9223372036854775807", "9223372036854775808", "-9223372036854775809", "9".repeat(400));
        };
    }

    /** {@return any bytes} */
    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** {@return the bytes with one to four damages} */
    public byte[] damaged(byte[] bytes) {
        byte[] damaged = bytes;
        for (int i = 1 + below(4); i > 0; i--) {
            damaged = damagedOnce(damaged);
        }
        return damaged;
    }

    /** {@return the text with one to four damages} */
    public String damaged(String text) {
        return new String(damaged(text.getBytes(UTF_8)), UTF_8);
    }

    private byte[] damagedOnce(byte[] bytes) {
        int at = below(bytes.length + 1);
        int end = Math.min(bytes.length, at + 1 + below(20));
        ByteArrayOutputStream damaged = new ByteArrayOutputStream();
        damaged.write(bytes, 0, at);
        switch (below(6)) {
            case 0 -> end = at; // Something is put in.
            case 1 -> damaged.write(bytes, at, end - at); // Something comes twice.
            case 2 -> damaged.writeBytes(bytes(end - at));
            case 3 -> {
                if (at < bytes.length) {
                    damaged.write(bytes[at] ^ (1 << below(8)));
                }
                end = Math.min(bytes.length, at + 1);
            }
            case 4 -> end = chance(20) ? bytes.length : end; // Something is missing.
            default -> {
                damaged.write(BREAKERS.charAt(below(BREAKERS.length())));
                end = at;
            }
        }
        if (end == at) {
            damaged.writeBytes(chance(50) ? bytes(1 + below(4)) : pick(TEXTS).getBytes(UTF_8));
        }
        damaged.write(bytes, end, bytes.length - end);
        return damaged.toByteArray();
    }
}
