package ai.bctrl.junit.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocatorTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "#id|locator(\"#id\")",
                "css=form input >> nth=0|locator(\"form input\").first()",
                "li >> nth=-1|locator(\"li\").last()",
                "li >> nth=2|locator(\"li\").nth(2)",
                "//div|locator(\"//div\")",
                "xpath=//div|locator(\"xpath=//div\")",
                "a[href=\"x >> y\"]|locator(\"a[href=\"x >> y\"]\")",
                "internal:text=\"Go\"i|getByText(\"Go\")",
                "internal:text=\"Go\"s|getByText(\"Go\", setExact(true))",
                "internal:text=/go+/i|getByText(/go+/i)",
                "internal:label=\"Pass \\\"word\\\"\"i|getByLabel(\"Pass \"word\"\")",
                "internal:role=button[name=\"Go\"i] >> nth=0|getByRole(BUTTON, \"Go\").first()",
                "internal:role=heading[name=/a/][level=2]|getByRole(HEADING, /a/, level=2)",
                "internal:role=list|getByRole(LIST)",
                "internal:testid=[data-testid=\"q\"s]|getByTestId(\"q\")",
                "internal:attr=[placeholder=\"Mail\"i]|getByPlaceholder(\"Mail\")",
                "internal:attr=[alt=\"Logo\"i]|getByAltText(\"Logo\")",
                "internal:attr=[title=\"Tip\"s]|getByTitle(\"Tip\")",
                "div >> internal:has-text=\"x\"i|locator(\"div\").filter(setHasText(\"x\"))",
                "div >> internal:has=\"internal:text=\\\"a\\\"i\"|locator(\"div\").filter(setHas(getByText(\"a\")))",
                "div >> internal:or=\"input[type=checkbox]\"|locator(\"div\").or(locator(\"input[type=checkbox]\"))",
                "iframe >> internal:control=enter-frame >> internal:testid=[data-testid=\"q\"]|locator(\"iframe\").contentFrame().getByTestId(\"q\")",
                "div >> visible=true|locator(\"div\").filter(setVisible(true))"
            })
    void saysASelectorInJava(String selector, String java) {
        assertThat(LocatorText.of(selector)).isEqualTo(java);
    }
}
