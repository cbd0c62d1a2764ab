#include "base/library.h"

#include <jansson.h>
#include <openssl/crypto.h>
#include <yaml.h>

const char *
library_yaml(void)
{
    return yaml_get_version_string();
}

const char *
library_openssl(void)
{
    return OpenSSL_version(OPENSSL_VERSION);
}

const char *
library_jansson(void)
{
    return jansson_version_str();
}
