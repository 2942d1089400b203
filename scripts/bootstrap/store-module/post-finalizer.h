/*
 * What the headers of released Node-API leave out of the experiments that the fallback runtime (Node 20.18) has: work that a
 * finalizer may not do itself is put off until the collection of garbage is over.
 */
#include <node_api.h>

#define NODE_API_EXPERIMENTAL_HAS_POST_FINALIZER

extern "C" NAPI_EXTERN napi_status NAPI_CDECL node_api_post_finalizer(
    node_api_basic_env env, napi_finalize finalize_cb, void* finalize_data, void* finalize_hint);
