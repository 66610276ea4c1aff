package ai.bctrl.samples.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.FormFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.jspecify.annotations.Nullable;

/** One request of a visitor and the answer to it. */
final class Exchange {
    private static final int MAX_FIELDS = 40;
    private static final int MAX_FORM_BYTES = 16 * 1024;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Visitors visitors;
    private final String cookieName;
    private final Map<String, String> pathParameters;
    private @Nullable Visitor visitor;

    Exchange(
            Request request,
            Response response,
            Callback callback,
            Visitors visitors,
            Map<String, String> pathParameters) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.visitors = visitors;
        this.pathParameters = pathParameters;
        // Cookies do not know ports: shops side by side on one host need different names.
        this.cookieName = "kite_session_" + Request.getLocalPort(request);
    }

    /** The visitor of the session cookie; a new one gets a cookie with the answer. */
    Visitor visitor() {
        Visitor known = visitor;
        if (known == null) {
            String id = Request.getCookies(request).stream()
                    .filter(cookie -> cookie.getName().equals(cookieName))
                    .map(HttpCookie::getValue)
                    .findFirst()
                    .orElse(null);
            known = visitors.find(id).orElse(null);
            if (known == null) {
                known = new Visitor();
                sendSession(visitors.add(known));
            }
            visitor = known;
        }
        return known;
    }

    /** Goes on under a new session id, so that an id known before signing in is worth nothing after it. */
    void renewSession() {
        sendSession(visitors.add(visitor()));
    }

    private void sendSession(String id) {
        Response.putCookie(
                response,
                HttpCookie.build(cookieName, id)
                        .path("/")
                        .httpOnly(true)
                        .sameSite(HttpCookie.SameSite.LAX)
                        .build());
    }

    String path(String parameter) {
        return pathParameters.getOrDefault(parameter, "");
    }

    String query(String parameter) {
        try {
            String value = Request.extractQueryParameters(request, UTF_8).getValue(parameter);
            return value == null ? "" : value;
        } catch (RuntimeException e) {
            throw new ShopException(400, "The query of the address is not readable.");
        }
    }

    /** The fields of the posted form; of a repeated field the first value. */
    Map<String, String> form() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw new ShopException(415, "Send the form as application/x-www-form-urlencoded.");
        }
        Map<String, String> form = new LinkedHashMap<>();
        try {
            for (Fields.Field field : FormFields.getFields(request, MAX_FIELDS, MAX_FORM_BYTES)) {
                form.put(field.getName(), field.getValue());
            }
        } catch (RuntimeException e) {
            throw new ShopException(
                    400,
                    "The form is not readable, or larger than " + MAX_FIELDS + " fields or " + MAX_FORM_BYTES
                            + " bytes.");
        }
        return form;
    }

    /** German if the browser prefers it to English, else English. */
    Locale language() {
        String accepted = request.getHeaders().get(HttpHeader.ACCEPT_LANGUAGE);
        header("Vary", "Accept-Language");
        if (accepted == null) {
            return Locale.ENGLISH;
        }
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(accepted), List.of(Locale.ENGLISH, Locale.GERMAN));
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException e) {
            return Locale.ENGLISH;
        }
    }

    void header(String name, String value) {
        response.getHeaders().put(new HttpField(name, value));
    }

    void html(int status, String body) {
        send(status, "text/html; charset=utf-8", body);
    }

    void json(int status, String body) {
        send(status, "application/json", body);
    }

    /** Sends the browser to another page of the shop with GET. */
    void redirect(String path) {
        header("Location", path);
        send(303, "text/plain; charset=utf-8", "");
    }

    void noContent() {
        response.setStatus(204);
        response.write(true, ByteBuffer.allocate(0), callback);
    }

    void send(int status, String type, String body) {
        byte[] bytes = body.getBytes(UTF_8);
        response.setStatus(status);
        header("Content-Type", type);
        if (response.getHeaders().get(HttpHeader.CACHE_CONTROL) == null) {
            header("Cache-Control", "no-store");
        }
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        response.write(true, ByteBuffer.wrap(bytes), callback);
    }
}
