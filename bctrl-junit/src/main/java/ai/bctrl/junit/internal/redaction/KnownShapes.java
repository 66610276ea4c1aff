package ai.bctrl.junit.internal.redaction;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds texts that are secret because of what they look like. Immutable. */
final class KnownShapes {
    /** Each begins at the edge of a word and never gives back what it took, so that none reads a text twice. */
    static final List<Pattern> DEFAULTS = List.of(
            // JSON Web Tokens
            Pattern.compile("(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{5,}+\\.[A-Za-z0-9_-]{5,}+(?:\\.[A-Za-z0-9_-]*+){0,3}+"),
            // A scheme and credentials, but not "Basic authentication"
            Pattern.compile("(?<![A-Za-z0-9])(?i:Bearer|Basic)[ \\t]{1,4}+"
                    + "((?:(?=[A-Za-z._~+/-]*+[0-9=])|(?=[A-Za-z._~+/-]{20}))[A-Za-z0-9._~+/=-]{8,}+)"),
            // The user and the password in a URL
            Pattern.compile("(?<=://)([^\\s/?#@:\"'<>]*+:[^\\s/?#@\"'<>]++)(?=@)"),
            // Keys whose makers gave them a prefix
            Pattern.compile("(?<![A-Za-z0-9_-])(?:"
                    + "gh[pousr]_[A-Za-z0-9]{20,}+|github_pat_[A-Za-z0-9_]{20,}+|glpat-[A-Za-z0-9_-]{16,}+"
                    + "|xox[a-z]-[A-Za-z0-9-]{10,}+|xapp-[A-Za-z0-9-]{10,}+|(?:AKIA|ASIA)[A-Z0-9]{16}+(?![A-Za-z0-9])"
                    + "|[rs]k_(?:live|test)_[A-Za-z0-9]{10,}+|whsec_[A-Za-z0-9+/]{16,}+|AIza[A-Za-z0-9_-]{35}+"
                    + "|ya29\\.[A-Za-z0-9_-]{20,}+|sk-[A-Za-z0-9_-]{20,}+|npm_[A-Za-z0-9]{36}+|hf_[A-Za-z0-9]{30,}+"
                    + "|SG\\.[A-Za-z0-9_-]{16,}+\\.[A-Za-z0-9_-]{16,}+|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}+"
                    + "|dop_v1_[a-f0-9]{40,}+|pypi-[A-Za-z0-9_-]{40,}+)"));

    private static final String KEY_BEGINS = "-----BEGIN ";
    private static final String KEY = "PRIVATE KEY";
    private static final String KEY_ENDS = "-----END ";
    private static final int LONGEST_KIND = 40;

    private final List<Pattern> patterns;

    KnownShapes(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    void find(DecodedText view, Spans spans) {
        for (Pattern pattern : patterns) {
            find(pattern, view, spans);
        }
        findPrivateKeys(view, spans);
    }

    private static void find(Pattern pattern, DecodedText view, Spans spans) {
        String text = view.text();
        CharSequence input = DEFAULTS.contains(pattern) ? text : new BoundedText(text);
        try {
            Matcher matcher = pattern.matcher(input);
            while (matcher.find()) {
                int group = matcher.groupCount() > 0 && matcher.start(1) >= 0 ? 1 : 0;
                spans.add(view, matcher.start(group), matcher.end(group));
            }
        } catch (BoundedText.TooLongException | StackOverflowError e) {
            // Nobody knows what is in there.
            spans.add(view, 0, text.length());
        }
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
