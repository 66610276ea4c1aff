package ai.bctrl.local.internal.http;

import ai.bctrl.local.internal.service.ApiProblem;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Percent-encoding and UTF-8, without tolerance. */
final class Percent {

    private Percent() {}

    /** Decodes a part of a path. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw malformed("The URL has a '%' that is not followed by two hexadecimal digits.");
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        return utf8(bytes.toByteArray(), "The URL");
    }

    /** Decodes a name or value of a query, where a plus sign means a space. */
    static String decodeQuery(String text) {
        return decode(text.replace('+', ' '));
    }

    /** The text that the bytes mean. */
    static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed(what + " is not UTF-8.");
        }
    }

    static ApiProblem malformed(String message) {
        return new ApiProblem(400, "request.malformed", message, Map.of());
    }
}
