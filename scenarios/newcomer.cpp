#include "scenarios/newcomer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/problem.hpp"

namespace entrepot::scenarios {

namespace {

/// W and W2, r1 and r22: names that count are alike on purpose.
bool only_numbers_differ(std::string a, std::string b) {
    for (std::string* name : {&a, &b}) {
        while (!name->empty() && name->back() >= '0' && name->back() <= '9') name->pop_back();
    }
    return a == b;
}

}  // namespace

std::map<int, std::vector<std::string>> names_beneath(const Table& parts) {
    std::map<int, std::vector<std::string>> beneath;
    for (const Entry& part : parts) beneath[part.first];
    for (auto& [height, names] : beneath) {
        for (const Entry& part : parts) {
            if (part.first < height) names.push_back(part.key);
        }
    }
    return beneath;
}

Newcomer::Newcomer(const Tree& tree, const Entry& entry, const std::vector<std::string>& beneath, int since)
    : tree_(tree), entry_(entry), beneath_(beneath) {
    const Node* said = entry.node.find("new");
    const bool* flag = said ? std::get_if<bool>(&said->value) : nullptr;
    if (flag && *flag) said_ = said;
    if (!tree.complete || entry.first <= since) return;
    const int user = 0, overrides = 1;
    added_ = !beneath.empty();
    unsaid_ = !said_ && (entry.first == overrides || (entry.first == user && added_));
}

bool Newcomer::near() const {
    constexpr std::size_t kMost = 200;  // nobody types more by hand, and they would take long to compare
    if (beneath_.size() > kMost) return false;
    std::vector<std::string> others;
    std::ranges::copy_if(beneath_, std::back_inserter(others),
                         [&](const std::string& name) { return !only_numbers_differ(name, entry_.key); });
    return !nearest(entry_.key, others).empty();
}

std::string Newcomer::refusal(const std::string& path, bool announced) const {
    if (said_ && said_->origin.height > entry_.first) {
        return "got new = true, want nothing: the base has it already";
    }
    if (!added_ || said_) return {};
    const bool overridden = entry_.first > 0;
    const bool strict = announced && !tree_.foundations.contains(entry_.first - 1);
    return overridden || strict || near() ? wanted(path) : "";
}

std::string Newcomer::likely_slip(const std::string& path) const {
    return nearest(entry_.key, beneath_).empty() ? "" : wanted(path);
}

std::string Newcomer::wanted(const std::string& path) const {
    const std::string add = entry_.first > 0 ? fmt::format("--set {}.new=true", path) : "new = true in its table";
    return fmt::format("got a new name, want {}{}; or {} to add it", some_of(beneath_),
                       suggestion(entry_.key, beneath_), add);
}

}  // namespace entrepot::scenarios
