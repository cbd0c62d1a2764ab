/* Credential texts as people have them, and the promise that no error repeats a secret. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "market/mturk/credentials.h"

struct decoding {
    bool works;
    struct profile profile;
    struct error err;
};

static struct decoding
decode(const char *text, bool config_style, const char *name, struct arena *arena)
{
    struct decoding decoding = {0};
    decoding.works = profile_decode("~/.aws/credentials", text, strlen(text), config_style, name,
                                    &decoding.profile, arena, &decoding.err);
    return decoding;
}

static void
a_profile_has_its_keys_and_no_others(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool config_style;
        const char *name;
        bool found;
        const char *key_id, *secret, *session_token;
    } cases[] = {
        {"", false, "default", false, NULL, NULL, NULL},
        {"[default]\naws_access_key_id = K1\naws_secret_access_key = S1\n", false, "default", true,
         "K1", "S1", NULL},
        {"[default]\naws_access_key_id=K1\naws_secret_access_key=S/1+=\n"
         "aws_session_token =T==\n[ana]\naws_access_key_id=K2\n",
         false, "default", true, "K1", "S/1+=", "T=="},
        {"[default]\naws_access_key_id=K1\n[ana]\naws_access_key_id=K2\n", false, "ana", true, "K2",
         NULL, NULL},
        {"[default]\naws_access_key_id=K1\n", false, "ana", false, NULL, NULL, NULL},
        /* a byte-order mark, other line ends, no line end at the end, upper case, blanks */
        {"\xef\xbb\xbf[default]\r\nAWS_ACCESS_KEY_ID =  K1 \r\n\r\naws_secret_access_key\t=\tS1",
         false, "default", true, "K1", "S1", NULL},
        {"[ default ] # mine\naws_access_key_id: K1\n", false, "default", true, "K1", NULL, NULL},
        /* comments */
        {"# [default]\n; x = y\n[default]\n# aws_access_key_id = K0\naws_access_key_id = K1\n"
         "  ; deeper comment\n",
         false, "default", true, "K1", NULL, NULL},
        {"[default]\naws_access_key_id = K1 # mine\n", true, "default", true, "K1", NULL, NULL},
        {"[default]\naws_access_key_id = K1#mine\n", true, "default", true, "K1#mine", NULL, NULL},
        {"[default]\naws_access_key_id = K1 # mine\n", false, "default", true, "K1 # mine", NULL,
         NULL},
        /* the last counts, an empty one too */
        {"[default]\naws_access_key_id = K0\naws_access_key_id = K1\n", false, "default", true,
         "K1", NULL, NULL},
        {"[default]\naws_access_key_id = K0\n[x]\n[default]\naws_access_key_id = K1\n", false,
         "default", true, "K1", NULL, NULL},
        {"[default]\naws_session_token = T\naws_session_token =\n", false, "default", true, NULL,
         NULL, NULL},
        /* what is indented under a key belongs to that key */
        {"[default]\ns3 =\n  aws_access_key_id = K0\n\n  x = y\naws_secret_access_key = S1\n", true,
         "default", true, NULL, "S1", NULL},
        {"[default]\n  aws_access_key_id = K1\n  aws_secret_access_key = S1\n", false, "default",
         true, "K1", "S1", NULL},
        /* the config file's way of naming */
        {"[profile ana]\naws_access_key_id = K2\n", true, "ana", true, "K2", NULL, NULL},
        {"[profile \"ana lab\"]\naws_access_key_id = K2\n", true, "ana lab", true, "K2", NULL,
         NULL},
        {"[ana]\naws_access_key_id = K2\n", true, "ana", false, NULL, NULL, NULL},
        {"[profile ana]\naws_access_key_id = K2\n", false, "ana", false, NULL, NULL, NULL},
        {"[profile default]\naws_access_key_id = K1\n", true, "default", true, "K1", NULL, NULL},
        {"[profiles]\naws_access_key_id = K1\n", true, "s", false, NULL, NULL, NULL},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decoding got = decode(cases[i].text, cases[i].config_style, cases[i].name, &arena);
        bool right = got.works && got.profile.found == cases[i].found &&
                     text_same(got.profile.key_id, cases[i].key_id) &&
                     text_same(got.profile.secret, cases[i].secret) &&
                     text_same(got.profile.session_token, cases[i].session_token);
        if (!right)
            fail_msg("case %zu: %s: %s %s", i, cases[i].text, got.err.text,
                     got.profile.key_id ? got.profile.key_id : "(no key id)");
    }
    arena_close(&arena);
}

static void
a_profile_may_name_a_process_an_endpoint_or_a_login(void **state)
{
    (void)state;
    static const struct {
        const char *text, *process, *endpoint_url;
        bool needs_login;
    } cases[] = {
        {"[profile p]\ncredential_process = /opt/get --a=b \"c d\"\n", "/opt/get --a=b \"c d\"",
         NULL, false},
        {"[profile p]\nendpoint_url = http://127.0.0.1:8080\nregion = eu-west-1\n", NULL,
         "http://127.0.0.1:8080", false},
        {"[profile p]\nsso_session = lab\n", NULL, NULL, true},
        {"[profile p]\nsso_start_url = https://x\n", NULL, NULL, true},
        {"[profile p]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = y\n", NULL, NULL, true},
        {"[profile p]\nlogin_session = arn:aws:x\n", NULL, NULL, true},
        {"[profile p]\nrole_arn =\n[profile q]\nsso_session = lab\n", NULL, NULL, false},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decoding got = decode(cases[i].text, true, "p", &arena);
        assert_true(got.works && got.profile.found);
        assert_true(text_same(got.profile.process, cases[i].process));
        assert_true(text_same(got.profile.endpoint_url, cases[i].endpoint_url));
        assert_int_equal(got.profile.needs_login, cases[i].needs_login);
    }
    arena_close(&arena);
}

static void
a_file_that_cannot_be_read_is_refused_with_its_line_and_without_its_text(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned line;
        const char *what;
    } cases[] = {
        {"[default\nSECRET = SECRET\n", 1, "needs its ']'"},
        {"[other]\nx\n\n[default]\nSECRET\n", 5, "NAME = VALUE"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct decoding got = decode(cases[i].text, false, "default", &arena);
        assert_false(got.works);
        assert_string_equal(got.err.where.file, "~/.aws/credentials");
        assert_int_equal(got.err.where.line, cases[i].line);
        assert_non_null(strstr(got.err.text, cases[i].what));
        assert_null(strstr(got.err.text, "SECRET"));
        assert_int_equal(error_status(&got.err), STATUS_CREDENTIALS);
    }
    struct profile profile;
    struct error err = {0};
    assert_false(profile_decode("f", "[a]\0b", 5, false, "a", &profile, &arena, &err));
    assert_non_null(strstr(err.text, "NUL"));
    arena_close(&arena);
}

static void
what_a_credential_process_prints_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *text, *key_id, *secret, *session_token;
        stamp_t expires_ms;
    } cases[] = {
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"S\"}\n", "K", "S", NULL, 0},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"S\",\"SessionToken\":\"T\","
         "\"Expiration\":\"2026-11-23T14:00:00Z\",\"More\":[]}",
         "K", "S", "T", 1795442400000},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"S\",\"SessionToken\":null,"
         "\"Expiration\":\"2026-11-23T14:00:00+00:00\"}",
         "K", "S", NULL, 1795442400000},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"S\",\"SessionToken\":\"\"}",
         "K", "S", NULL, 0},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct credentials credentials;
        stamp_t expires_ms = -1;
        struct error err = {0};
        assert_true(process_credentials_decode(cases[i].text, strlen(cases[i].text), &credentials,
                                               &expires_ms, &arena, &err));
        assert_string_equal(credentials.key_id, cases[i].key_id);
        assert_string_equal(credentials.secret, cases[i].secret);
        assert_true(text_same(credentials.session_token, cases[i].session_token));
        assert_int_equal(expires_ms, cases[i].expires_ms);
        assert_true(credentials_fit(&credentials, &err));
    }
    arena_close(&arena);
}

static void
what_a_credential_process_should_not_print_is_refused_without_repeating_it(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
    } cases[] = {
        {"", "not one JSON object"},
        {"SECRET", "not one JSON object"},
        {"{\"SecretAccessKey\":\"SECRET\" oops}", "not one JSON object"},
        {"{\"Version\":1}{\"SECRET\":1}", "not one JSON object"},
        {"[\"SECRET\"]", "not one JSON object"},
        {"{\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"SECRET\"}", "'Version' is missing"},
        {"{\"Version\":2,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"SECRET\"}",
         "'Version' is not 1"},
        {"{\"Version\":1,\"SecretAccessKey\":\"SECRET\"}", "'AccessKeyId' is missing"},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"\"}",
         "'SecretAccessKey' is empty"},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":[\"SECRET\"]}",
         "'SecretAccessKey' is not a text"},
        {"{\"Version\":1,\"AccessKeyId\":\"K\",\"SecretAccessKey\":\"SECRET\","
         "\"Expiration\":\"SECRET\"}",
         "'Expiration' is not a time"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct credentials credentials;
        stamp_t expires_ms;
        struct error err = {0};
        assert_false(process_credentials_decode(cases[i].text, strlen(cases[i].text), &credentials,
                                                &expires_ms, &arena, &err));
        if (!strstr(err.text, cases[i].what))
            fail_msg("%s: %s", cases[i].text, err.text);
        assert_null(strstr(err.text, "SECRET"));
        assert_int_equal(error_status(&err), STATUS_CREDENTIALS);
    }
    arena_close(&arena);
}

static void
keys_that_could_break_a_header_do_not_fit(void **state)
{
    (void)state;
    static const struct {
        struct credentials credentials;
        const char *what; /* NULL: they fit */
    } cases[] = {
        {{.key_id = "AKIDEXAMPLE", .secret = "wJalrXUtnFEMI/K7MDENG+b="}, NULL},
        {{.key_id = "K", .secret = "S", .session_token = "FwoG//abc+=="}, NULL},
        {{.key_id = "K", .secret = "S", .session_token = ""}, NULL},
        {{.secret = "SECRET"}, "no access key id"},
        {{.key_id = "", .secret = "SECRET"}, "no access key id"},
        {{.key_id = "K"}, "no secret access key"},
        {{.key_id = "K\r\nX: y", .secret = "SECRET"}, "the access key id holds"},
        {{.key_id = "K, x", .secret = "SECRET"}, "the access key id holds"},
        {{.key_id = "K/x", .secret = "SECRET"}, "the access key id holds"},
        {{.key_id = "K", .secret = "SECRET\n"}, "the secret access key holds"},
        {{.key_id = "K", .secret = "SECRET x"}, "the secret access key holds"},
        {{.key_id = "K", .secret = "SECRET\xc3\xa4"}, "the secret access key holds"},
        {{.key_id = "K", .secret = "S", .session_token = "SECRET\r\n"}, "the session token holds"},
        {{.key_id = "K", .secret = "S", .session_token = "SECRET\x7f"}, "the session token holds"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        bool fits = credentials_fit(&cases[i].credentials, &err);
        assert_int_equal(fits, cases[i].what == NULL);
        if (cases[i].what && !strstr(err.text, cases[i].what))
            fail_msg("case %zu: %s", i, err.text);
        assert_null(strstr(err.text, "SECRET"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_has_its_keys_and_no_others),
        cmocka_unit_test(a_profile_may_name_a_process_an_endpoint_or_a_login),
        cmocka_unit_test(a_file_that_cannot_be_read_is_refused_with_its_line_and_without_its_text),
        cmocka_unit_test(what_a_credential_process_prints_is_read),
        cmocka_unit_test(
            what_a_credential_process_should_not_print_is_refused_without_repeating_it),
        cmocka_unit_test(keys_that_could_break_a_header_do_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
