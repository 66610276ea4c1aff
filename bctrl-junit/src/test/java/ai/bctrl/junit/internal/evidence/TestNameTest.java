package ai.bctrl.junit.internal.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TestNameTest {
    private static final String CLASS = "shop.CheckoutTest$Guests";
    private static final String ID = "[engine:junit-jupiter]/[class:shop.CheckoutTest]/[nested-class:Guests]";

    @Test
    void namesDirectoriesAfterClassAndMethod() {
        TestName name = name("buys", false, ID + "/[method:buys()]");
        assertThat(name.classDirectory()).isEqualTo("shop.CheckoutTest.Guests");
        assertThat(name.methodDirectory()).isEqualTo("buys");
        assertThat(name.shortName()).isEqualTo("CheckoutTest.Guests.buys");
    }

    @Test
    void tellsOverloadsAndInvocationsApart() {
        assertThat(name("buys", true, ID).methodDirectory()).isEqualTo("buys(String,int)");
        assertThat(name("buys", false, ID + "/[test-template:buys()]/[test-template-invocation:#3]")
                        .methodDirectory())
                .isEqualTo("buys[3]");
        assertThat(name(
                                "buys",
                                false,
                                "[class-template:a]/[class-template-invocation:#2]/[test-template:b]/[test-template-invocation:#7]")
                        .methodDirectory())
                .isEqualTo("buys[2.7]");
    }

    @Test
    void namesWhatBelongsToTheClass() {
        assertThat(new TestName(CLASS, null, List.of(), false, ID, "Guests").methodDirectory())
                .isEqualTo("(class)");
    }

    private static TestName name(String method, boolean overloaded, String id) {
        return new TestName(CLASS, method, List.of("String", "int"), overloaded, id, method + "()");
    }
}
