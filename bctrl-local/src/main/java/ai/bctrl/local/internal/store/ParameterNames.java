package ai.bctrl.local.internal.store;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Finds {@code :name} and {@code ?} outside of quotes, which is all that the statements of the stores have. JDBI's own parsers
 * also know comments and escapes, by grammars that a test JVM would load, run and compile for as long as for ten tests.
 * Thread-safe.
 */
final class ParameterNames implements SqlParser {

    /** More than the stores have, but for searches with many words. */
    private static final int KEPT = 1_000;

    private final Map<String, ParsedSql> parsed = new ConcurrentHashMap<>();

    @Override
    public ParsedSql parse(String sql, StatementContext context) {
        ParsedSql known = parsed.get(sql);
        if (known != null) {
            return known;
        }
        if (parsed.size() >= KEPT) {
            parsed.clear();
        }
        ParsedSql fresh = parse(sql);
        parsed.put(sql, fresh);
        return fresh;
    }

    static ParsedSql parse(String sql) {
        ParsedSql.Builder result = ParsedSql.builder();
        int done = 0;
        int at = 0;
        while (at < sql.length()) {
            char here = sql.charAt(at);
            int end = at + 1;
            if (here == '\'' || here == '"') {
                end = sql.indexOf(here, end) + 1;
                if (end == 0) {
                    throw new IllegalArgumentException("a quote does not end: " + sql);
                }
            } else if (here == '?') {
                result.append(sql.substring(done, at)).appendPositionalParameter();
                done = end;
            } else if (here == ':') {
                while (end < sql.length() && Character.isJavaIdentifierPart(sql.charAt(end))) {
                    end++;
                }
                result.append(sql.substring(done, at)).appendNamedParameter(sql.substring(at + 1, end));
                done = end;
            }
            at = end;
        }
        return result.append(sql.substring(done)).build();
    }

    @Override
    public String nameParameter(String name, StatementContext context) {
        return ":" + name;
    }
}
