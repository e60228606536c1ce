#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "studies/cli/command_line.hpp"

int main(int argc, char** argv) {
#ifdef __GLIBC__
    // A replication needs as much memory as the last one gave back: it is kept, not returned and asked for again.
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
    mallopt(M_MMAP_THRESHOLD, 32 << 20);  // the most that it takes
#endif
    return entrepot::studies::cli::main(argc, argv);
}
