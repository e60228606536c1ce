#include <iterator>

#include <gtest/gtest.h>

#include "scratch.hpp"
#include "sim/random.hpp"

namespace entrepot::scenarios::testing {
namespace {

std::string slurp(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Damage as editors, merges and disks do it.
class Mutator {
public:
    explicit Mutator(std::uint32_t seed) : draw_(sim::Draws(20261123, seed).at(1, 0, 0)) {}

    std::string damaged(std::string text) {
        const int times = 1 + static_cast<int>(below(4));
        for (int i = 0; i < times && !text.empty(); ++i) once(text);
        return text;
    }

private:
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(draw_.uniform() * static_cast<double>(n)); }

    std::pair<std::size_t, std::size_t> line(const std::string& text) {
        const std::size_t at = below(text.size());
        const std::size_t start = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
        const std::size_t end = text.find('\n', at);
        return {start, (end == std::string::npos ? text.size() : end + 1) - start};
    }

    /// The value of an assignment, by something that is likely wrong.
    void replace_value(std::string& text) {
        static const char* const kValues[] = {
            "-1",         "0",         "1e308",    "nan",        "inf",      "\"\"",        "[]",
            "{}",         "true",      "\"14 d\"", "\"-3 h\"",   "\"$1\"",   "\"1e400 d\"", "99999999999999999999",
            "4294967296", "\"none\"",  "[[1]]",    "2026-01-05", "07:30:00", "\"\\u0000\"", "\"x#1\"",
            "1000000",    "\"100 %\"", "\"\xff\""};
        const auto [start, size] = line(text);
        const std::size_t equals = text.find('=', start);
        if (equals == std::string::npos || equals >= start + size) return;
        text.replace(equals + 1, start + size - equals - 1,
                     std::string(" ") + kValues[below(std::size(kValues))] + "\n");
    }

    void once(std::string& text) {
        const auto [start, size] = line(text);
        switch (below(8)) {
            case 0:
                text.erase(start, size);
                break;
            case 1:
                text.insert(below(text.size()), text.substr(start, size));
                break;
            case 2:
                text[below(text.size())] = static_cast<char>(below(256));
                break;
            case 3:
                text.resize(below(text.size()));
                break;
            case 4:
                text.erase(below(text.size()), 1 + below(20));
                break;
            default:
                replace_value(text);
        }
    }

    sim::Stream draw_;
};

/// Whatever the file says: problems or a network, no crash and no hang (the test runner's limit ends one).
TEST(Fuzz, DamagedScenariosGiveProblemsOrANetwork) {
    const Scratch scratch;
    for (const char* name : {"strategies.toml", "six_warehouses.toml"}) scratch.write(name, slurp(shipped(name)));
    const char* const names[] = {"tiny.toml", "seasonal_spike.toml", "history_replay.toml", "strategies.toml"};
    scratch.write("history_example.csv", slurp(shipped("history_example.csv")));
    scratch.write("tiny.toml", slurp(shipped("tiny.toml")));
    int loaded = 0, refused = 0;
    for (std::uint32_t seed = 0; seed < 600; ++seed) {
        const std::string name = names[seed % std::size(names)];
        const std::string original = slurp(shipped(name));
        scratch.write(name, Mutator(seed).damaged(original));
        const Result result = load(scratch.folder() / (name == "strategies.toml" ? "tiny.toml" : name));
        scratch.write(name, original);
        EXPECT_NE(result.problems.empty(), !result) << "either problems or a scenario, seed " << seed;
        result ? ++loaded : ++refused;
        if (!result || result.loaded->scenario.items.count > 3000) continue;
        for (const std::string& strategy : strategy_names(result.loaded->scenario)) build(*result.loaded, strategy);
    }
    EXPECT_GT(loaded, 50);
    EXPECT_GT(refused, 50);
}

TEST(Fuzz, DamagedRecordsGiveProblemsOrANetwork) {
    const Scratch scratch;
    for (const char* name : {"strategies.toml", "six_warehouses.toml", "history_replay.toml"}) {
        scratch.write(name, slurp(shipped(name)));
    }
    const std::string original = slurp(shipped("history_example.csv"));
    int refused = 0;
    for (std::uint32_t seed = 1000; seed < 1200; ++seed) {
        scratch.write("history_example.csv", Mutator(seed).damaged(original));
        const Result result = load(scratch.folder() / "history_replay.toml");
        if (result) build(*result.loaded, "S0");
        refused += !result;
    }
    EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace entrepot::scenarios::testing
