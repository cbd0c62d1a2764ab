/* SHA-256 against the vectors of FIPS 180-4, whole and in pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/digest.h"

static const struct {
    const char *text, *digest;
} vectors[] = {
    {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
    {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
     "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
};
enum { VECTOR_COUNT = sizeof vectors / sizeof *vectors };

static void
digests_are_the_vectors(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTOR_COUNT; i++) {
        char out[DIGEST_TEXT_SIZE];
        digest_hex(vectors[i].text, strlen(vectors[i].text), out);
        assert_string_equal(out, vectors[i].digest);
    }
}

static void
a_digest_in_base64_is_as_policies_have_it(void **state)
{
    (void)state;
    char out[DIGEST_BASE64_SIZE]; /* printf abc | openssl dgst -sha256 -binary | base64 */
    digest_base64("abc", 3, out);
    assert_string_equal(out, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
}

static void
a_digest_of_pieces_is_that_of_the_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < VECTOR_COUNT; i++) {
        const char *text = vectors[i].text;
        size_t size = strlen(text);
        for (size_t cut = 0; cut <= size; cut++) {
            const struct digest_piece pieces[] = {
                {text, cut}, {"", 0}, {NULL, 0}, {text + cut, size - cut}};
            char out[DIGEST_TEXT_SIZE];
            digest_pieces(pieces, sizeof pieces / sizeof *pieces, out);
            assert_string_equal(out, vectors[i].digest);
        }
    }
}

static void
a_digest_may_follow_upon_itself(void **state)
{
    (void)state;
    char sum[DIGEST_TEXT_SIZE] = "", expected[DIGEST_TEXT_SIZE];
    digest_hex("abc", 3, sum);
    digest_hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adabc", 67, expected);
    const struct digest_piece pieces[] = {{sum, 64}, {"abc", 3}};
    digest_pieces(pieces, 2, sum);
    assert_string_equal(sum, expected);
}

static void
a_digest_is_64_lower_case_hex_digits(void **state)
{
    (void)state;
    char text[DIGEST_TEXT_SIZE + 1];
    strcpy(text, vectors[1].digest);
    assert_true(digest_is(text));
    for (const char *wrong = "/:`gAF \xff\x80"; *wrong; wrong++) {
        text[63] = *wrong;
        assert_false(digest_is(text));
    }
    text[63] = '\0';
    assert_false(digest_is(text));
    strcpy(text, vectors[1].digest);
    strcat(text, "0");
    assert_false(digest_is(text));
    assert_false(digest_is(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_the_vectors),
        cmocka_unit_test(a_digest_in_base64_is_as_policies_have_it),
        cmocka_unit_test(a_digest_of_pieces_is_that_of_the_whole),
        cmocka_unit_test(a_digest_may_follow_upon_itself),
        cmocka_unit_test(a_digest_is_64_lower_case_hex_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
