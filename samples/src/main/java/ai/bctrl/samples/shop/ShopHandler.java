package ai.bctrl.samples.shop;

import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Hands each request to its route and turns what goes wrong into an answer with a message. */
final class ShopHandler extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(ShopHandler.class.getName());

    private final Visitors visitors = new Visitors();
    private final Router router;
    private final Pages pages;

    ShopHandler(Router router, Pages pages) {
        this.router = router;
        this.pages = pages;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Optional<Router.Match> match = router.find(request.getMethod(), path);
        Exchange exchange = new Exchange(
                request,
                response,
                callback,
                visitors,
                match.map(Router.Match::parameters).orElse(Map.of()));
        exchange.header("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'");
        exchange.header("X-Content-Type-Options", "nosniff");
        try {
            match.orElseThrow(() -> noRoute(exchange, path)).route().answer(exchange);
        } catch (ShopException e) {
            refuse(exchange, path, e.status(), e.problem());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "answering " + request.getMethod() + " " + path, e);
            refuse(exchange, path, 500, "Something broke on our side.");
        }
        return true;
    }

    private ShopException noRoute(Exchange exchange, String path) {
        String allowed = router.allowed(path);
        if (allowed.isEmpty()) {
            return new ShopException(404, "There is no page " + path + ".");
        }
        exchange.header("Allow", allowed);
        return new ShopException(405, "This address only answers to " + allowed + ".");
    }

    private void refuse(Exchange exchange, String path, int status, String message) {
        if (path.startsWith("/api/")) {
            exchange.json(status, "{\"error\":" + Json.quote(message) + "}");
        } else {
            exchange.html(status, pages.error(exchange.visitor(), status, message));
        }
    }
}
