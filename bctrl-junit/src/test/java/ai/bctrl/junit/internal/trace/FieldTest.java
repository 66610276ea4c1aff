package ai.bctrl.junit.internal.trace;

import static org.assertj.core.api.Assertions.assertThat;

import ai.bctrl.junit.internal.redaction.Redaction;
import ai.bctrl.junit.internal.redaction.SecretRules;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTest {
    private final Redaction redaction = new Redaction(SecretRules.defaults());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getByLabel(\"Password\")",
                "getByLabel(\"Repeat your password\")",
                "getByPlaceholder(\"Card number\")",
                "getByTestId(\"login-password\")",
                "getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName(\"API key\"))",
                "locator(\"#password\")",
                "locator(\"form input[type=password]\").first()",
                "locator(\"input[name=pwd]\")",
                "locator(\"input[name='user[password]']\")",
                "locator(\".token\")",
                "internal:label=\"Password\"i"
            })
    void isSecretByWhatItIsCalled(String locator) {
        assertThat(new Field(locator, null).isSecret(redaction)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getByLabel(\"User\")",
                "getByPlaceholder(\"Author\")",
                "locator(\"#search\")",
                "locator(\"input[name=q]\")",
                "getByLabel(\"Password hint\")",
                "page"
            })
    void isNotSecretByWhatItIsCalled(String locator) {
        assertThat(new Field(locator, null).isSecret(redaction)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<input type=\"password\"/>",
                "<input id=\"a\" name=\"ccNumber\" value=\"x\"/>",
                "<input class=\"b\" autocomplete=\"one-time-code\"/>",
                "<textarea name=\"private_key\"></textarea>"
            })
    void isSecretByItsElement(String element) {
        assertThat(new Field("locator(\"input\")", element).isSecret(redaction)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<input name=\"user\" value=\"password\"/>",
                "<button type=\"submit\" name=\"token\">Go</button>",
                "<input type=\"checkbox\" name=\"password\"/>",
                "3 elements"
            })
    void isNotSecretByItsElement(String element) {
        assertThat(new Field("locator(\"input\")", element).isSecret(redaction)).isFalse();
    }
}
