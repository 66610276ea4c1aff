package ai.bctrl.samples.shop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** Tells every open page the stock: all products when it connects, then each change. Thread-safe. */
final class StockTicker {
    private final Stock stock;
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    StockTicker(Stock stock) {
        this.stock = stock;
        stock.onChange(level -> sessions.forEach(session -> send(session, level)));
    }

    private static void send(Session session, Stock.Level level) {
        session.sendText(level.toJson(), Callback.NOOP);
    }

    /** One open page. Public because Jetty looks its methods up by name. */
    public static final class Connection extends Session.Listener.AbstractAutoDemanding {
        private final StockTicker ticker;

        Connection(StockTicker ticker) {
            this.ticker = ticker;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            ticker.sessions.add(session);
            ticker.stock.levels().forEach(level -> send(session, level));
        }

        @Override
        public void onWebSocketClose(int statusCode, String reason, Callback callback) {
            ticker.sessions.remove(getSession());
            callback.succeed();
        }
    }
}
