#pragma once

#include <stdexcept>

namespace entrepot::results {

/// A study, or its file, can't be read, written or used as was asked. The message says what to do.
struct StoreError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

}  // namespace entrepot::results
