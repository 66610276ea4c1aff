package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {
    @Test
    void escapesEveryText() {
        assertThat(new Html()
                        .element("p", "class=\"soft\"", "<script>alert('1' && \"2\")</script>\u0000")
                        .toString())
                .isEqualTo(
                        "<p class=\"soft\">&lt;script&gt;alert(&#39;1&#39; &amp;&amp; &quot;2&quot;)&lt;/script&gt;\uFFFD</p>");
    }
}
