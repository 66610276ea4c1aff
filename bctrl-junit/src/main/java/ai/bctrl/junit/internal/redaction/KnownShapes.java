package ai.bctrl.junit.internal.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds texts that are secret because of what they look like. Immutable. */
final class KnownShapes {
    /**
     * A pattern that can only match right at one of some texts, which are found much faster. None gives back what it
     * took, so that no text is read twice.
     */
    private record Shape(Pattern pattern, List<String> anchors) {}

    private static final List<Shape> SHAPES = List.of(
            // JSON Web Tokens
            new Shape(
                    Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+"
                            + "(?:\\.[A-Za-z0-9_-]*+){0,3}+"),
                    List.of("eyJ")),
            // A scheme and credentials, but not "Basic authentication"
            new Shape(
                    Pattern.compile(
                            "(?<![A-Za-z0-9])(?i:Bearer|Basic)[ \\t]{1,4}+"
                                    + "((?:(?=[A-Za-z._~+/-]*+[0-9=])|(?=[A-Za-z._~+/-]{20})|(?=[A-Z]*+[a-z]++[A-Z]))[A-Za-z0-9._~+/=-]{8,}+)"),
                    List.of("Bearer", "bearer", "BEARER", "Basic", "basic", "BASIC")),
            // The user and the password in a URL
            new Shape(Pattern.compile("://([^\\s/?#@:\"'<>]*+:[^\\s/?#@\"'<>]++)(?=@)"), List.of("://")),
            // Keys whose makers gave them a prefix
            key("gh[pousr]_[A-Za-z0-9]{20,}+", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
            key("github_pat_[A-Za-z0-9_]{20,}+", "github_pat_"),
            key("glpat-[A-Za-z0-9_-]{16,}+", "glpat-"),
            key("(?:xox[a-z]|xapp)-[A-Za-z0-9-]{10,}+", "xox", "xapp-"),
            key("(?:AKIA|ASIA)[A-Z0-9]{16}+(?![A-Za-z0-9])", "AKIA", "ASIA"),
            key("[rs]k_(?:live|test)_[A-Za-z0-9]{10,}+", "sk_live_", "sk_test_", "rk_live_", "rk_test_"),
            key("whsec_[A-Za-z0-9+/]{16,}+", "whsec_"),
            key("AIza[A-Za-z0-9_-]{35}+", "AIza"),
            key("ya29\\.[A-Za-z0-9_-]{20,}+", "ya29."),
            key("sk-[A-Za-z0-9_-]{20,}+", "sk-"),
            key("npm_[A-Za-z0-9]{36}+", "npm_"),
            key("hf_[A-Za-z0-9]{30,}+", "hf_"),
            key("SG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+", "SG."),
            key("shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}+", "shpat_", "shpca_", "shppa_", "shpss_"),
            key("dop_v1_[a-f0-9]{40,}+", "dop_v1_"),
            key("pypi-[A-Za-z0-9_-]{40,}+", "pypi-"));

    static final List<Pattern> DEFAULTS = SHAPES.stream().map(Shape::pattern).toList();

    private static final String KEY_BEGINS = "-----BEGIN ";
    private static final String KEY = "PRIVATE KEY";
    private static final String KEY_ENDS = "-----END ";
    private static final int LONGEST_KIND = 40;

    private final List<Shape> shapes;

    KnownShapes(List<Pattern> patterns) {
        this.shapes = patterns.stream().map(KnownShapes::shape).toList();
    }

    private static Shape key(String pattern, String... anchors) {
        return new Shape(Pattern.compile("(?<![A-Za-z0-9_-])" + pattern), List.of(anchors));
    }

    private static Shape shape(Pattern pattern) {
        return SHAPES.stream()
                .filter(shape -> shape.pattern == pattern)
                .findFirst()
                .orElse(new Shape(pattern, List.of()));
    }

    void find(DecodedText view, Spans spans) {
        for (Shape shape : shapes) {
            if (shape.anchors.isEmpty()) {
                findUnknown(shape.pattern, view, spans);
            }
            for (String anchor : shape.anchors) {
                findAt(anchor, shape.pattern, view, spans);
            }
        }
        findPrivateKeys(view, spans);
    }

    private static void findAt(String anchor, Pattern pattern, DecodedText view, Spans spans) {
        String text = view.text();
        int at = text.indexOf(anchor);
        if (at < 0) {
            return;
        }
        Matcher matcher = pattern.matcher(text).useTransparentBounds(true);
        while (at >= 0) {
            if (matcher.region(at, text.length()).lookingAt()) {
                add(matcher, view, spans);
                at = text.indexOf(anchor, matcher.end());
            } else {
                at = text.indexOf(anchor, at + 1);
            }
        }
    }

    /** Finds a pattern of which nobody knows how long it takes. */
    private static void findUnknown(Pattern pattern, DecodedText view, Spans spans) {
        String text = view.text();
        try {
            Matcher matcher = pattern.matcher(new BoundedText(text));
            while (matcher.find()) {
                add(matcher, view, spans);
            }
        } catch (BoundedText.TooLongException | StackOverflowError e) {
            // Nobody knows what is in there.
            spans.add(view, 0, text.length());
        }
    }

    private static void add(Matcher matcher, DecodedText view, Spans spans) {
        int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
        spans.add(view, matcher.start(group), matcher.end(group));
    }

    private static void findPrivateKeys(DecodedText view, Spans spans) {
        String text = view.text();
        int begin = text.indexOf(KEY_BEGINS);
        while (begin >= 0) {
            int inKind = text.substring(begin, Math.min(text.length(), begin + LONGEST_KIND))
                    .indexOf(KEY);
            if (inKind < 0) {
                begin = text.indexOf(KEY_BEGINS, begin + 1);
                continue;
            }
            int kind = begin + inKind;
            int end = text.indexOf(KEY_ENDS, kind);
            end = end < 0 ? text.length() : end;
            spans.add(view, kind + KEY.length(), end);
            begin = text.indexOf(KEY_BEGINS, end);
        }
    }
}
