#pragma once

/// Before a function whose loops a compiler can turn into vector instructions: it is compiled for several processors,
/// and the running one's version is taken. All versions do the same operations on each number, with no fused ones, so
/// that their results are equal bit for bit.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define ENTREPOT_VECTOR_CLONES \
    __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default"), optimize("O3")))
#else
#define ENTREPOT_VECTOR_CLONES
#endif
