package ai.bctrl.junit.internal.redaction;

import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hides secrets: the values of secret names, texts that look like a secret, and each value that it has learned, wherever
 * that occurs, also percent-encoded, escaped for JSON or HTML (twice at most), or in base64.
 *
 * <p>What is learned counts from then on: first learn from everything that is to be kept, then write. Values of less
 * than four characters, of one repeated character, and common words ({@code true}, {@code dark}, {@code password},
 * {@code admin}) are hidden where a secret name holds them, but not learned: to replace them everywhere would make
 * the rest unreadable. Values of four or five characters are replaced where they stand alone, not inside of words.
 *
 * <p>Takes time in proportion to the text. Thread-safe.
 */
public final class Redaction {
    /** What stands in place of a secret. */
    public static final String REPLACEMENT = "•••";

    /** How often a text may have been encoded. */
    private static final int MOST_ESCAPES = 2;

    /** A longer secret is looked for in parts of this length. */
    private static final int LONGEST_PART = 16_384;

    private record Compiled(int size, SecretMatcher matcher) {}

    private final SecretNames names;
    private final NamedValues namedValues;
    private final KnownShapes shapes;
    private final Headers headers = new Headers(this);
    private final Urls urls = new Urls(this);
    private final JsonSecrets json = new JsonSecrets(this);
    private final Bodies bodies = new Bodies(this);
    private final Set<String> learned = ConcurrentHashMap.newKeySet();
    private volatile Compiled compiled = new Compiled(0, new SecretMatcher(List.of()));

    /** Knows the rules, and no value yet. */
    public Redaction(SecretRules rules) {
        this.names = new SecretNames(rules.names());
        this.namedValues = new NamedValues(names);
        this.shapes = new KnownShapes(rules.patterns());
    }

    /** Replaces the value wherever it occurs from now on; short and common values are ignored. */
    public void learn(String secret) {
        String stripped = secret.strip();
        if (Learnable.known(stripped)) {
            for (int start = 0; start < stripped.length(); start += LONGEST_PART) {
                String part = stripped.substring(start, Math.min(stripped.length(), start + LONGEST_PART));
                if (part.length() >= Learnable.SHORTEST) {
                    learned.add(part);
                }
            }
        }
    }

    /** Learns the value if the name is that of a secret. */
    public void learnIfSecret(String name, String value) {
        if (isSecretName(name)) {
            learn(value);
        }
    }

    /** Learns a value with a secret name that may also be a caption: only if nobody would write it as a text. */
    void learnIfPlausible(String value) {
        if (Learnable.plausible(value.strip())) {
            learn(value);
        }
    }

    /** Learns a value whose name says nothing if it looks made by a machine. */
    void learnIfOpaque(String value) {
        if (Learnable.opaque(value.strip())) {
            learn(value);
        }
    }

    /** Learns what {@link #header} would hide. */
    public void learnHeader(String name, String value) {
        headers.learn(name, value);
    }

    /** Learns the values of secret parameters of a URL, and the password in it. */
    public void learnUrl(String url) {
        urls.learn(url);
    }

    /** Learns the values of all members with secret names. */
    public void learnJson(JsonElement element) {
        json.learn(element, true);
    }

    /**
     * Learns cookies and secret items of local storage.
     *
     * @param storageState as {@code BrowserContext.storageState()} returns it
     */
    public void learnStorageState(String storageState) {
        bodies.learn(storageState.getBytes(StandardCharsets.UTF_8), "application/json", true);
    }

    /** Learns the values of secret fields in a page. */
    public void learnHtml(String html) {
        new Markup(names, html, new Spans(), new CodeRanges(), this::learn, this::learnIfPlausible).find();
    }

    /** Learns the values of secret names in what a browser sent: a form, in either encoding, or JSON. */
    public void learnRequestBody(byte[] content, String mediaType) {
        bodies.learn(content, mediaType, true);
    }

    /**
     * Learns the values of secret names in what a server sent. Values that may be captions, such as a translation of
     * the word password, are not learned.
     */
    public void learnResponseBody(byte[] content, String mediaType) {
        bodies.learn(content, mediaType, false);
    }

    /** {@return if the name is that of a secret} */
    public boolean isSecretName(String name) {
        return names.matches(name);
    }

    /**
     * {@return if an input element holds a secret: it is for passwords, or its name, id or autocomplete says so}
     *
     * @param tag the name of the element
     * @param attributes its attributes, with names in lower case
     */
    public boolean isSecretField(String tag, Map<String, String> attributes) {
        return SecretField.matches(names, tag, attributes);
    }

    /** {@return a text for people, such as a line of a console, without secrets} */
    public String text(String text) {
        return text(text, new CodeRanges(), new Spans());
    }

    /** {@return program text without secrets: only what stands in quotes there is taken for a value} */
    public String code(String text) {
        return text(text, CodeRanges.all(), new Spans());
    }

    /** {@return the URL without the values of secret parameters, of its query and of its fragment; learns them} */
    public String url(String url) {
        return urls.hide(url);
    }

    /**
     * {@return the value of a header without secrets: cookies keep their names, credentials their scheme; learns what
     * it hides}
     */
    public String header(String name, String value) {
        return headers.hide(name, value);
    }

    /**
     * {@return a copy without the values of members with secret names, which are learned, and with all other strings as
     * {@link #text} returns them} An object with a secret {@code name} or {@code key} has its {@code value} hidden.
     */
    public JsonElement json(JsonElement element) {
        json.learn(element, true);
        return json.hide(element);
    }

    /** {@return a page without secrets and without the values of secret input fields, which are learned} */
    public String html(String html) {
        Spans spans = new Spans();
        CodeRanges code = new CodeRanges();
        new Markup(names, html, spans, code, this::learn, this::learnIfPlausible).find();
        return text(html, code, spans);
    }

    /**
     * {@return the content without secrets, {@code null} if it holds one and is no text}
     *
     * @param mediaType with or without parameters; if it is not known the content decides what it is
     */
    public byte @org.jspecify.annotations.Nullable [] body(byte[] content, String mediaType) {
        return bodies.hide(content, mediaType);
    }

    /** {@return if a value that was learned occurs} */
    boolean holdsLearned(String text) {
        Spans spans = new Spans();
        matcher().find(DecodedText.of(text), spans);
        return !spans.isEmpty();
    }

    private String text(String text, CodeRanges code, Spans spans) {
        SecretMatcher matcher = matcher();
        DecodedText view = DecodedText.of(text);
        for (int depth = 0; view != null && depth <= MOST_ESCAPES; depth++) {
            matcher.find(view, spans);
            namedValues.find(view, code, spans);
            shapes.find(view, spans);
            view = view.decoded();
        }
        for (int kind : DecodedText.mixedKinds(text)) {
            DecodedText single = DecodedText.of(text).decoded(kind);
            if (single != null) {
                matcher.find(single, spans);
            }
        }
        return spans.hide(text);
    }

    private SecretMatcher matcher() {
        Compiled current = compiled;
        if (current.size == learned.size()) {
            return current.matcher;
        }
        List<String> now = List.copyOf(learned);
        Compiled newer = new Compiled(now.size(), new SecretMatcher(now));
        compiled = newer;
        return newer.matcher;
    }

    @Override
    public String toString() {
        return "Redaction[" + learned.size() + " learned]";
    }
}
