package ai.bctrl.junit.internal.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    private final SecretNames names = new SecretNames(SecretRules.defaults().names());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "authorization",
                "Proxy-Authorization",
                "Cookie",
                "Set-Cookie",
                "password",
                "Password",
                "PASSWORD",
                "passwd",
                "pwd",
                "user_pwd",
                "userPassword",
                "password2",
                "new-password",
                "password_confirmation",
                "passwordField",
                "loginform:password",
                "user[password]",
                "secret",
                "clientSecret",
                "client_secret",
                "token",
                "accessToken",
                "ACCESS_TOKEN",
                "access-token",
                "accesstoken",
                "refresh_token",
                "XSRF-TOKEN",
                "XSRFToken",
                "X-CSRF-Token",
                "csrfmiddlewaretoken",
                "__RequestVerificationToken",
                "oauth2Token",
                "authenticity_token",
                "X-Api-Key",
                "api_key",
                "apikey",
                "apiKEY",
                "x-functions-key-api-key",
                "sessionId",
                "session_id",
                "JSESSIONID",
                "PHPSESSID",
                "ASP.NET_SessionId",
                "connect.sid",
                "laravel_session",
                "session",
                "otp",
                "totpCode",
                "credential",
                "credentials",
                "privateKey",
                "PRIVATE KEY",
                "AWS_SECRET_ACCESS_KEY",
                "cardNumber",
                "card_number",
                "cardnumber",
                "ccNumber",
                "cc-num",
                "cvc",
                "CVV2",
                "X-Amz-Signature",
                "sig",
                "auth",
                "jwt",
                "passphrase",
                "secretKey",
                "resetPasswordToken",
                "one-time-code",
                "wsse:Password"
            })
    void namesASecret(String name) {
        assertThat(names.matches(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "author",
                "authors",
                "authority",
                "tokenizer",
                "tokenize",
                "tokens",
                "passenger",
                "passengers",
                "bypass",
                "compass",
                "secretary",
                "cookieConsent",
                "cookie_policy",
                "cookiesEnabled",
                "key",
                "keyboard",
                "monkey",
                "id",
                "name",
                "user",
                "username",
                "email",
                "tokenType",
                "token_type",
                "tokenCount",
                "token-url",
                "tokenEndpoint",
                "token_expires_in",
                "passwordHint",
                "passwordStrength",
                "password_label",
                "forgotPassword",
                "showPassword",
                "hasPassword",
                "passwordRequired",
                "maxTokens",
                "signatures",
                "sessions",
                "sessionStorage",
                "sessionCount",
                "pinned",
                "spin",
                "pinterest",
                "opt",
                "option",
                "cardHolder",
                "card",
                "number",
                "numberOfCards",
                "accessibility",
                "keyboardAccess",
                "privateRoom",
                "publicKey",
                "authorName",
                "Content-Type",
                "X-Request-Id",
                "csv",
                "significant"
            })
    void namesNoSecret(String name) {
        assertThat(names.matches(name)).isFalse();
    }

    @Test
    void takesMoreNames() {
        SecretNames more = new SecretNames(List.of("acme ticket", "tokenType"));
        assertThat(List.of("X-Acme-Ticket", "acmeTicket", "ACME_TICKET", "acmeticket", "tokenType", "token_type"))
                .allMatch(more::matches);
        assertThat(List.of("acme", "ticket", "ticketAcme", "acmeTicketCount", "token"))
                .noneMatch(more::matches);
    }
}
