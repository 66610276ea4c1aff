package ai.bctrl.junit.internal.redaction;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Knows what is secret in the bodies of requests and responses. Immutable. */
final class Bodies {
    private static final String REPLACEMENT_BYTES =
            new String(Redaction.REPLACEMENT.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

    private record Decoded(String text, Charset charset) {}

    private final Redaction redaction;
    private final Urls urls;

    Bodies(Redaction redaction) {
        this.redaction = redaction;
        this.urls = new Urls(redaction);
    }

    void learn(byte[] content, String mediaType, boolean sure) {
        MediaType type = MediaType.of(mediaType);
        Decoded decoded = decode(content, type);
        if (decoded == null) {
            return;
        }
        String text = decoded.text;
        if (type.isMultipart()) {
            for (Multipart.Part part : Multipart.parse(text, type.boundary()).parts()) {
                if (redaction.isSecretName(part.name())) {
                    redaction.learn(part.body());
                } else {
                    learn(part.body().getBytes(decoded.charset), part.mediaType(), sure);
                }
            }
        } else if (type.isForm()) {
            urls.learnParameters(text);
        } else if (type.isMarkup()) {
            redaction.learnHtml(text);
        } else {
            JsonElement json = type.mayBeJson() ? parse(text) : null;
            if (json != null) {
                new JsonSecrets(redaction).learn(json, sure);
            } else if (sure && text.indexOf('=') > 0 && text.indexOf('\n') < 0 && text.length() < 10_000) {
                // What a script sends without saying what it is.
                urls.learnParameters(text);
            }
        }
    }

    byte @Nullable [] hide(byte[] content, String mediaType) {
        MediaType type = MediaType.of(mediaType);
        Decoded decoded = decode(content, type);
        if (decoded == null) {
            return redaction.holdsLearned(new String(content, StandardCharsets.ISO_8859_1)) ? null : content;
        }
        String hidden = hide(decoded.text, type);
        if (hidden.equals(decoded.text)) {
            return content;
        } else if (decoded.charset.equals(StandardCharsets.UTF_8)) {
            return hidden.getBytes(StandardCharsets.UTF_8);
        }
        // The rest stays as it is, byte for byte.
        return hidden.replace(Redaction.REPLACEMENT, REPLACEMENT_BYTES).getBytes(decoded.charset);
    }

    private String hide(String text, MediaType type) {
        if (type.isMultipart()) {
            return hideMultipart(Multipart.parse(text, type.boundary()));
        } else if (type.isForm()) {
            urls.learnParameters(text);
            return redaction.text(urls.hideParameters(text));
        } else if (type.isMarkup()) {
            return redaction.html(text);
        } else if (type.isCode()) {
            return redaction.code(text);
        }
        JsonElement json = type.mayBeJson() ? parse(text) : null;
        if (json == null) {
            return redaction.text(text);
        }
        new JsonSecrets(redaction).learn(json, false);
        JsonElement hidden = new JsonSecrets(redaction).hide(json);
        return hidden.equals(json) ? text : hidden.toString();
    }

    private String hideMultipart(Multipart multipart) {
        StringBuilder hidden = new StringBuilder();
        for (Multipart.Part part : multipart.parts()) {
            hidden.append(redaction.text(part.before()));
            if (redaction.isSecretName(part.name())) {
                redaction.learn(part.body());
                hidden.append(Redaction.REPLACEMENT);
            } else {
                hidden.append(hide(part.body(), MediaType.of(part.mediaType())));
            }
        }
        return hidden.append(redaction.text(multipart.rest())).toString();
    }

    /**
     * {@return the text, {@code null} if there is none} What says that it is text but is not in UTF-8, such as a form
     * with a picture in it, is taken byte for byte.
     */
    private static @Nullable Decoded decode(byte[] content, MediaType type) {
        if (type.isBinary()) {
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            return text.indexOf('\0') >= 0 && !type.isText() ? null : new Decoded(text, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return type.isText()
                    ? new Decoded(new String(content, StandardCharsets.ISO_8859_1), StandardCharsets.ISO_8859_1)
                    : null;
        }
    }

    private static @Nullable JsonElement parse(String text) {
        String start = text.stripLeading();
        if (start.isEmpty() || "{[\"".indexOf(start.charAt(0)) < 0) {
            return null;
        }
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        try {
            return JsonParser.parseReader(reader);
        } catch (JsonParseException e) {
            return null;
        }
    }
}
