package ai.bctrl.model;

/**
 * Language and region that the browser shows.
 *
 * <p>Schema {@code Fingerprint.locale}. A value that this version does not know decodes to {@link #UNKNOWN};
 * its text stays in the {@code extra} of the record that holds it.
 */
public enum FingerprintLocale implements WireName {
    /** en-US. */
    EN_US("en-US"),
    /** en-GB. */
    EN_GB("en-GB"),
    /** de-DE. */
    DE_DE("de-DE"),
    /** fr-FR. */
    FR_FR("fr-FR"),
    /** es-ES. */
    ES_ES("es-ES"),
    /** es-MX. */
    ES_MX("es-MX"),
    /** it-IT. */
    IT_IT("it-IT"),
    /** nl-NL. */
    NL_NL("nl-NL"),
    /** pt-BR. */
    PT_BR("pt-BR"),
    /** pt-PT. */
    PT_PT("pt-PT"),
    /** pl-PL. */
    PL_PL("pl-PL"),
    /** tr-TR. */
    TR_TR("tr-TR"),
    /** sv-SE. */
    SV_SE("sv-SE"),
    /** da-DK. */
    DA_DK("da-DK"),
    /** nb-NO. */
    NB_NO("nb-NO"),
    /** fi-FI. */
    FI_FI("fi-FI"),
    /** ja-JP. */
    JA_JP("ja-JP"),
    /** ko-KR. */
    KO_KR("ko-KR"),
    /** zh-CN. */
    ZH_CN("zh-CN"),
    /** zh-TW. */
    ZH_TW("zh-TW"),
    /** A value that this version does not know. Never sent. */
    UNKNOWN("unknown");

    private final String wireName;

    FingerprintLocale(String wireName) {
        this.wireName = wireName;
    }

    @Override
    public String wireName() {
        return wireName;
    }
}
