#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "keys.hpp"
#include "outcome.hpp"

/// Does a key do anything? One searches the scenarios of this folder for a place where another value of it has another
/// result.
namespace entrepot::tests {

/// Where the effect of a key is looked for.
enum class Shown {
    in_figures,   ///< a KPI, the business case, the advice, what `verify` finds
    on_pages,     ///< of names and texts for people: what is printed
    as_a_refusal  ///< of keys that only guard
};

/// Values for a key that are more telling than those that follow from its description.
struct Change {
    std::string_view key;                  ///< `site.*.share`
    std::string_view scenario;             ///< name of the file that uses the key
    std::vector<std::string_view> values;  ///< `site.North.share=0.4`, all of them at once
    Shown shown = Shown::in_figures;
};

/// All of them (changes.cpp).
const std::vector<Change>& changes();

/// What a change of a key did.
struct Effect {
    std::string change, difference;
    bool found() const { return !difference.empty(); }
};

/// The scenarios of a folder, and what they come to.
class Scenarios {
public:
    explicit Scenarios(std::vector<std::string> names, models::PolicyRegistry policies = models::built_in_policies());

    /// What the first telling change of a key does; nothing found where none does anything.
    Effect effect_of(const std::string& key);

    /// What some changes of a scenario do.
    Effect effect_of(const std::string& scenario, const std::vector<std::string>& values, Shown shown);

private:
    struct Base {
        std::vector<Key> keys;
        std::vector<Figure> figures;
        std::string pages;
    };
    const Base& base(const std::string& scenario);
    scenarios::Result load(const std::string& scenario, const std::vector<std::string>& values) const;

    std::vector<std::string> names_;
    models::PolicyRegistry policies_;
    std::map<std::string, Base> bases_;
};

}  // namespace entrepot::tests
