#pragma once

#include <filesystem>

#include "results/file/descriptor.hpp"

/// Who works on a file for longer than one save takes.
namespace entrepot::results {

/// Keeps other programs from working on the same file: a lock on `<name>.lock` beside it, which says who holds it and
/// ends with its holder, however that ends. On file systems without locks it keeps nobody out.
class FileLock {
public:
    /// StoreError, with who holds it, where another program does.
    explicit FileLock(const std::filesystem::path& file);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    std::filesystem::path lock_;
    Descriptor descriptor_;
};

}  // namespace entrepot::results
