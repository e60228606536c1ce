#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problem.hpp"
#include "scenarios/tree.hpp"

/// Names that earlier versions of the language had: keys and KPIs. An old name is refused with the new one, so that no
/// file means something else in silence, and `entrepot update` brings a file up to date.
namespace entrepot::scenarios {

/// A key by its path: "*" stands for any one name, "**" for any number of them.
struct RenamedKey {
    std::string_view was, now;  ///< now: none where the key is gone
    std::string_view why;       ///< of a key that is gone
    bool by_hand = false;       ///< of one that is gone: what it said must be said otherwise, so that nobody strikes it
    bool text_only = false;     ///< where a part may have the key's name: only with a text as its value
};

struct RenamedKpi {
    std::string_view was, now;
};

std::span<const RenamedKey> renamed_keys();
std::span<const RenamedKpi> renamed_kpis();

/// The id that a KPI has now, where this is one that it had: `difference:` before it stays. Nothing otherwise.
std::optional<std::string> renamed_kpi(std::string_view id);

/// All of them as lines `old<TAB>new` beneath a header; docs/renamed-keys.tsv holds the same.
std::string renamed_table();

/// Refuses each old name with its new one, and takes it for that, lest more be said about it.
void refuse_renamed(Tree& tree, Problems& problems);

/// The text of a scenario file with the names of today, and how many were changed.
struct Updated {
    std::string text;
    int names = 0;
};

/// Changes the names alone: comments, order and layout stay. What must be done by hand is told in `problems`. Nothing
/// where the text isn't TOML.
std::optional<Updated> updated(std::string text, const std::string& name, Problems& problems);

}  // namespace entrepot::scenarios
