package ai.bctrl.internal.http;

import ai.bctrl.error.BctrlConfigurationException;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/** Where the API is. The only place that makes URLs. Immutable. */
final class Endpoint {
    private final HttpUrl v1;

    private Endpoint(HttpUrl v1) {
        this.v1 = v1;
    }

    /**
     * Reads a base address, with or without {@code /v1} and trailing slashes.
     *
     * @throws BctrlConfigurationException if it is not an http or https address
     */
    static Endpoint parse(String baseUrl) {
        HttpUrl url = HttpUrl.parse(baseUrl.strip());
        if (url == null) {
            throw new BctrlConfigurationException("base URL \"" + baseUrl.strip()
                    + "\" is not an http or https address, for example https://api.bctrl.ai");
        }
        if (!url.username().isEmpty() || !url.password().isEmpty() || url.query() != null || url.fragment() != null) {
            throw new BctrlConfigurationException("base URL on host " + url.host()
                    + " must not hold a user name, a password, a query or a fragment; pass the key as the API key");
        }
        HttpUrl.Builder trimmed = url.newBuilder();
        List<String> parts = url.pathSegments();
        for (int i = parts.size() - 1; i >= 0 && parts.get(i).isEmpty(); i--) {
            trimmed.removePathSegment(i);
        }
        HttpUrl clean = trimmed.build();
        List<String> left = clean.pathSegments();
        boolean versioned = left.get(left.size() - 1).equals("v1");
        return new Endpoint(
                versioned ? clean : clean.newBuilder().addPathSegment("v1").build());
    }

    HttpUrl url(ApiCall call) {
        HttpUrl.Builder url = v1.newBuilder();
        call.path().forEach(url::addPathSegment);
        for (Map.Entry<String, String> parameter : call.query()) {
            url.addQueryParameter(parameter.getKey(), parameter.getValue());
        }
        return url.build();
    }

    /** Resolves an address that the service gave, which may be relative. */
    HttpUrl resolve(String address) {
        HttpUrl url = v1.resolve(address);
        if (url == null) {
            throw new BctrlConfigurationException("the service gave an address that is not http or https");
        }
        return url;
    }

    /** Whether an address belongs to the service itself, so that it may see the key. */
    boolean isOurs(HttpUrl url) {
        return url.scheme().equals(v1.scheme()) && url.host().equals(v1.host()) && url.port() == v1.port();
    }

    boolean isTls() {
        return v1.isHttps();
    }

    String host() {
        return v1.host();
    }

    /** Scheme, host and port. */
    String origin() {
        return v1.newBuilder().encodedPath("/").build().toString().replaceAll("/$", "");
    }
}
