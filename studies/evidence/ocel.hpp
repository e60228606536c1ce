#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "studies/evidence/object_log.hpp"
#include "studies/evidence/stamps.hpp"

/// An object-centric log in the two forms that OCEL 2.0 gives it. Both say the same.
namespace entrepot::studies::evidence {

/// As JSON, piece by piece.
void write_json(const ObjectLog& log, const Stamps& stamps, const std::function<void(std::string_view)>& piece);

/// As a SQLite database, in one piece. std::runtime_error where there is no memory for it.
void write_sqlite(const ObjectLog& log, const Stamps& stamps, const std::function<void(std::string_view)>& piece);

/// Of what an object is from its beginning.
inline constexpr std::string_view kBeginning = "1970-01-01T00:00:00Z";

}  // namespace entrepot::studies::evidence
