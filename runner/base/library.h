/* What this room is built upon, in the versions that are loaded: for `bursar --version`, because
 * the first question about a fault is which of them it was. */
#ifndef BASE_LIBRARY_H
#define BASE_LIBRARY_H

const char *library_yaml(void);    /* "0.2.5" */
const char *library_openssl(void); /* "OpenSSL 3.0.15 3 Sep 2024": its libcrypto */
const char *library_jansson(void); /* "2.14" */

#endif
