package ai.bctrl.playwright;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The signed address of a browser, and how to keep it out of texts. Immutable. */
final class CdpAddress {
    private static final int SHORTEST_SECRET = 12;
    private static final String HIDDEN = "…";
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String url;
    private final String shown;
    private final @Nullable Pattern sameHost;
    private final List<String> secrets;

    CdpAddress(String url) {
        this.url = url;
        URI uri = parse(url);
        if (uri == null || uri.getHost() == null) {
            shown = HIDDEN;
            sameHost = null;
            secrets = List.of(url);
        } else {
            String authority = uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
            shown = uri.getScheme() + "://" + authority + "/" + HIDDEN;
            sameHost = Pattern.compile(
                    "(?i)\\b(?:ws|http)s?://(?:[^/\\s@]*@)?" + Pattern.quote(authority) + "/[^\\s'\"<>]*");
            secrets = secretsOf(uri);
        }
    }

    String url() {
        return url;
    }

    /** {@return scheme, host and port only} */
    String shown() {
        return shown;
    }

    String redact(String text) {
        String redacted = text.replace(url, shown);
        if (sameHost != null) {
            redacted = sameHost.matcher(redacted).replaceAll(Matcher.quoteReplacement(shown));
        }
        for (String secret : secrets) {
            redacted = redacted.replace(secret, HIDDEN);
        }
        return redacted;
    }

    private static List<String> secretsOf(URI uri) {
        Set<String> secrets = new LinkedHashSet<>();
        Stream.of(uri.getRawUserInfo(), uri.getRawQuery())
                .filter(part -> part != null && !part.isEmpty())
                .forEach(part -> {
                    secrets.add(part);
                    Stream.of(part.split("[&=:]")).filter(CdpAddress::isSecret).forEach(secrets::add);
                });
        Stream.of(String.valueOf(uri.getRawPath()).split("/"))
                .filter(CdpAddress::isSecret)
                .forEach(secrets::add);
        return secrets.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** Ids stand in paths and are no secrets; without them the rest of the text would be hard to read. */
    private static boolean isSecret(String part) {
        return part.length() >= SHORTEST_SECRET && !UUID.matcher(part).matches();
    }

    private static @Nullable URI parse(String url) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
