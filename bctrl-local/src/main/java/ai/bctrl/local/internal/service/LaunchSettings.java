package ai.bctrl.local.internal.service;

import ai.bctrl.local.internal.engine.BrowserBrand;
import ai.bctrl.local.internal.engine.LaunchRequest;
import ai.bctrl.local.internal.engine.Proxy;
import ai.bctrl.model.CreateRuntimeRequest;
import ai.bctrl.model.Fingerprint;
import ai.bctrl.model.FingerprintBrowser;
import ai.bctrl.model.Isolation;
import ai.bctrl.model.ProxyConfig;
import ai.bctrl.model.ProxyProtocol;
import ai.bctrl.model.RuntimeConfig;
import ai.bctrl.model.RuntimeType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a runtime's request means for a browser of this machine. Immutable.
 *
 * @param profile name of the profile; null for a temporary one
 * @param brand the brand that must be started; null for any
 * @param locale BCP 47 tag; null for the browser's own
 * @param proxy null for none
 * @param isolation a process of its own or a context of a shared one
 * @param extensions directories of unpacked extensions
 */
record LaunchSettings(
        @Nullable String profile,
        @Nullable BrowserBrand brand,
        @Nullable String locale,
        @Nullable Proxy proxy,
        Isolation isolation,
        List<Path> extensions) {

    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern EXTENSION = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,64}");

    LaunchSettings {
        extensions = List.copyOf(extensions);
    }

    /**
     * Reads a request.
     *
     * @param extensionsDirectory where unpacked extensions lie; null where there are none
     * @param otherwise the isolation of requests that name none and could have either
     * @throws ApiProblem 400 for a value that does not fit; 422 {@code runtime.hosted_only}, {@code extension.not_found}
     */
    static LaunchSettings of(CreateRuntimeRequest request, @Nullable Path extensionsDirectory, Isolation otherwise) {
        if (request.type() != RuntimeType.BROWSER) {
            throw ApiProblem.invalid(
                    "type", "type must be browser, not " + request.type().wireName() + ".");
        }
        String name = request.name();
        if (name != null && (name.isEmpty() || name.length() > 255)) {
            throw ApiProblem.invalid("name", "name must have 1 to 255 characters; leave it out to get one.");
        }
        String profile = request.profile();
        if (profile != null && !PROFILE.matcher(profile).matches()) {
            throw ApiProblem.invalid(
                    "profile",
                    "profile must be 1 to 64 letters, digits, '.', '_' or '-' and begin with a letter or digit.");
        }
        RuntimeConfig config =
                request.config() == null ? RuntimeConfig.builder().build() : request.config();
        refuseHostedOnly(config);
        Fingerprint fingerprint = config.fingerprint();
        boolean edge = fingerprint != null && fingerprint.browser() == FingerprintBrowser.EDGE;
        return new LaunchSettings(
                profile,
                edge ? BrowserBrand.EDGE : null,
                fingerprint == null || fingerprint.locale() == null
                        ? null
                        : fingerprint.locale().wireName(),
                proxy(config.proxy()),
                isolation(request, otherwise),
                extensions(request.extensionIds() == null ? List.of() : request.extensionIds(), extensionsDirectory));
    }

    private static Isolation isolation(CreateRuntimeRequest request, Isolation otherwise) {
        String field = request.profile() != null
                ? "profile"
                : request.extensionIds() != null && !request.extensionIds().isEmpty() ? "extensionIds" : null;
        if (request.isolation() == null) {
            return field == null ? otherwise : Isolation.PROCESS;
        }
        if (field != null && request.isolation() == Isolation.CONTEXT) {
            throw ApiProblem.invalid(
                    field,
                    field + " needs a browser process of its own: leave it out, or isolation, which is context.");
        }
        return request.isolation();
    }

    private static void refuseHostedOnly(RuntimeConfig config) {
        if (config.stealth() != null) {
            throw hostedOnly("config.stealth");
        } else if (Boolean.TRUE.equals(config.solveCaptchas())) {
            throw hostedOnly("config.solveCaptchas");
        } else if (Boolean.TRUE.equals(config.humanize())) {
            throw hostedOnly("config.humanize");
        } else if (config.humanizePersonaId() != null) {
            throw hostedOnly("config.humanizePersonaId");
        } else if (config.proxy() instanceof ProxyConfig.Saved) {
            throw hostedOnly("config.proxy");
        }
    }

    private static ApiProblem hostedOnly(String field) {
        String what = field.equals("config.proxy") ? "A saved proxy" : field;
        return new ApiProblem(
                422,
                "runtime.hosted_only",
                what + " is there on the hosted service only; leave it out for a local browser.",
                Map.of("field", field));
    }

    private static @Nullable Proxy proxy(@Nullable ProxyConfig config) {
        if (!(config instanceof ProxyConfig.Custom custom)) {
            return null;
        }
        if (custom.port() < 1 || custom.port() > 65535) {
            throw ApiProblem.invalid(
                    "config.proxy.port", "config.proxy.port must be 1 to 65535 but is " + custom.port() + ".");
        }
        boolean credentials = custom.username() != null || custom.password() != null;
        try {
            return new Proxy(
                    custom.protocol() == ProxyProtocol.SOCKS5 ? Proxy.Protocol.SOCKS5 : Proxy.Protocol.HTTP,
                    custom.host(),
                    custom.port(),
                    credentials ? orEmpty(custom.username()) : null,
                    credentials ? orEmpty(custom.password()) : null);
        } catch (IllegalArgumentException refused) {
            throw ApiProblem.invalid("config.proxy", "config.proxy: " + refused.getMessage() + ".");
        }
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static List<Path> extensions(List<String> ids, @Nullable Path directory) {
        List<Path> found = new ArrayList<>();
        for (String id : ids) {
            Path extension = directory == null || !EXTENSION.matcher(id).matches() ? null : directory.resolve(id);
            if (extension == null || !Files.isRegularFile(extension.resolve("manifest.json"))) {
                throw new ApiProblem(
                        422,
                        "extension.not_found",
                        directory == null
                                ? "This control plane has no extensions; start it with a directory of them."
                                : "extensionIds names an extension that is not in the directory of this control plane.",
                        Map.of("field", "extensionIds"));
            }
            found.add(extension);
        }
        return found;
    }

    /** Whether only some browsers will do. */
    boolean needsCertainBrowser() {
        return brand != null || !extensions.isEmpty();
    }

    LaunchRequest request(String runtimeId, @Nullable Path profileDirectory) {
        LaunchRequest.Builder builder = LaunchRequest.builder(runtimeId)
                .brand(brand)
                .locale(locale)
                .proxy(proxy)
                .profileDirectory(profileDirectory)
                .shared(isolation == Isolation.CONTEXT);
        extensions.forEach(builder::extension);
        return builder.build();
    }
}
