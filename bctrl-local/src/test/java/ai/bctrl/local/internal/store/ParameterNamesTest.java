package ai.bctrl.local.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.jdbi.v3.core.statement.ParsedSql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterNamesTest {

    @Test
    void findsNamesInTheirOrder() {
        ParsedSql parsed =
                ParameterNames.parse("SELECT * FROM run WHERE id=:id AND (seq <:type0 OR seq = :id)LIMIT :limit");

        assertThat(parsed.getSql()).isEqualTo("SELECT * FROM run WHERE id=? AND (seq <? OR seq = ?)LIMIT ?");
        assertThat(parsed.getParameters().getParameterNames()).containsExactly("id", "type0", "id", "limit");
        assertThat(parsed.getParameters().isPositional()).isFalse();
    }

    @Test
    void findsQuestionMarks() {
        ParsedSql parsed = ParameterNames.parse("DELETE FROM run WHERE id = ? AND seq = ?");

        assertThat(parsed.getSql()).isEqualTo("DELETE FROM run WHERE id = ? AND seq = ?");
        assertThat(parsed.getParameters().isPositional()).isTrue();
        assertThat(parsed.getParameters().getParameterCount()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BACKUP TO 'C:\\a ?\\it''s :here.zip'",
                "SELECT \"a:b\", \"?\" FROM \"x\"",
                "SELECT 1",
                "SELECT ':never', '' FROM run",
                "SELECT ''':'''",
                ""
            })
    void leavesWhatStandsInQuotesAlone(String sql) {
        ParsedSql parsed = ParameterNames.parse(sql);

        assertThat(parsed.getSql()).isEqualTo(sql);
        assertThat(parsed.getParameters().getParameterCount()).isZero();
    }

    @Test
    void refusesAQuoteWithoutAnEnd() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ParameterNames.parse("SELECT 'open FROM run WHERE id = :id"))
                .withMessageContaining("a quote does not end");
    }
}
