#include <cstdlib>
#include <cstring>
#include <new>
#include <random>
#include <sstream>
#include <stdexcept>

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "models/conservation.hpp"
#include "models/network/calendar.hpp"
#include "models/simulate.hpp"
#include "scenarios/build.hpp"
#include "scenarios/load.hpp"
#include "sim/run_sequential.hpp"
#include "sim/snapshot.hpp"

/// Snapshots that somebody made up, with the checksum made right: refused, or a world that runs to its end or breaks an
/// invariant, in bounded time and memory. ENTREPOT_MADE_UP says how many of each kind to try: many under sanitizers.
namespace entrepot::tests {
namespace {

constexpr char kIdentity[] = "made up";

int trials() {
    const char* said = std::getenv("ENTREPOT_MADE_UP");
    return said == nullptr ? 60 : std::atoi(said);
}

/// A scenario's world, half of its days later, and its snapshot.
class Sample {
public:
    Sample(const std::string& file, const std::string& strategy) {
        auto result = scenarios::load(std::filesystem::path{ENTREPOT_SOURCE_DIR} / "scenarios" / file,
                                      std::vector<std::string>{});
        for (const auto& problem : result.problems) ADD_FAILURE() << file << ": " << problem.message;
        network_ = scenarios::build(result.loaded.value(), strategy);
        models::World world = start();
        const int days = std::min(network_.calendar.total_days(), 60);
        end_ = models::start_of(days);
        run_sequential(world, models::start_of(days / 2) + sim::hours{11});
        std::ostringstream stream;
        save(world, kIdentity, stream);
        bytes = stream.str();
    }

    std::string bytes;

    /// With the checksum of what is in it.
    std::string sealed(std::string made_up) const {
        const std::size_t content = begin();
        const std::uint64_t sum = sim::snapshot::checksum(kIdentity, std::string_view(made_up).substr(content));
        std::memcpy(made_up.data() + kMagicAndFormat, &sum, sizeof sum);
        return made_up;
    }
    static std::size_t begin() { return kMagicAndFormat + 8 + 8 + std::strlen(kIdentity); }

    /// Reads a snapshot and takes it to the end; what was wrong with it, or nothing.
    std::string fate(const std::string& snapshot) const {
        const sim::RunUnderCheck check;
        models::World world = start();
        std::istringstream stream(snapshot);
        try {
            load(world, kIdentity, stream);
            check_conservation(world);
            run_sequential(world, end_);
            check_conservation(world);
            return "";
        } catch (const sim::ArchiveError& error) {
            return error.what();
        } catch (const sim::BrokenInvariant& error) {
            return error.what();
        } catch (const std::exception& error) {
            return std::string("an exception: ") + error.what();
        }
    }

    /// The same in a process of its own with limits: whether that ended as it should.
    bool survives(const std::string& snapshot) const {
        const pid_t child = ::fork();
        if (child == 0) {
            ::alarm(60);
#if !defined(__SANITIZE_ADDRESS__)
            const rlimit memory{rlim_t{1} << 31, rlim_t{1} << 31};
            ::setrlimit(RLIMIT_AS, &memory);
#endif
            fate(snapshot);
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) && WEXITSTATUS(status) == 0;
    }

private:
    static constexpr std::size_t kMagicAndFormat = 12;

    models::World start() const { return models::start_world(network_, 1, 0, facts_); }

    models::Network network_;
    mutable models::FactLog facts_{[](std::span<const models::Fact>) {}};
    models::Time end_{};
};

struct MadeUpSnapshot : testing::TestWithParam<std::pair<const char*, const char*>> {
    Sample sample{GetParam().first, GetParam().second};
    std::mt19937_64 random{11};

    /// Half of the places lie in what comes last, such as headquarters and its queues, or among the events.
    std::size_t place(std::size_t width) {
        const std::size_t first = Sample::begin(), size = sample.bytes.size() - first - width;
        return first + (random() % 2 == 0 ? random() % size : random() % std::min<std::size_t>(size, 4000));
    }
};

TEST_P(MadeUpSnapshot, AsItIsRunsToItsEnd) {
    EXPECT_EQ(sample.fate(sample.bytes), "");
    EXPECT_EQ(sample.sealed(sample.bytes), sample.bytes);
}

TEST_P(MadeUpSnapshot, IsRefusedWhereItsChecksumIsNotRight) {
    std::string bytes = sample.bytes;
    bytes[place(1)] ^= 1;
    EXPECT_EQ(sample.fate(bytes), "the snapshot is damaged");
}

TEST_P(MadeUpSnapshot, SurvivesFlippedBytes) {
    for (int i = 0; i < trials(); ++i) {
        std::string bytes = sample.bytes;
        const std::size_t at = place(1);
        const char before = bytes[at];
        bytes[at] = static_cast<char>(i % 3 == 0 ? ~before : before ^ (1 << random() % 8));
        ASSERT_TRUE(sample.survives(sample.sealed(bytes)))
            << "byte " << at << " from " << int(before) << " to " << int(bytes[at]);
    }
}

TEST_P(MadeUpSnapshot, SurvivesHugeNumbers) {
    constexpr std::uint64_t kHuge[] = {~0ull,       1ull << 63,     ~0ull >> 1,    1ull << 40,  0x7FFFFFFF,
                                       0x80000000u, 0xFFFFFFFFu,    0x0FFFFFFF,    0xF0000001u, 0x7FF8000000000000ull,
                                       0,           1ull << 28 | 1, 1ull << 31 | 5};
    for (int i = 0; i < trials(); ++i) {
        const std::size_t width = random() % 2 == 0 ? 4 : 8, at = place(width) & ~std::size_t{3};
        const std::uint64_t value = kHuge[random() % std::size(kHuge)];
        std::string bytes = sample.bytes;
        std::memcpy(bytes.data() + std::max(at, Sample::begin()), &value, width);
        ASSERT_TRUE(sample.survives(sample.sealed(bytes))) << std::hex << value << " at " << std::dec << at;
    }
}

TEST_P(MadeUpSnapshot, IsRefusedWhenCutOffOrLonger) {
    for (int i = 0; i < trials(); ++i) {
        const std::size_t kept = Sample::begin() + random() % (sample.bytes.size() - Sample::begin());
        EXPECT_NE(sample.fate(sample.sealed(sample.bytes.substr(0, kept))), "") << kept;
    }
    EXPECT_NE(sample.fate(sample.sealed(sample.bytes + "more")), "");
}

INSTANTIATE_TEST_SUITE_P(, MadeUpSnapshot,
                         testing::Values(std::pair{"tiny.toml", "S0"}, std::pair{"tiny.toml", "S6"},
                                         std::pair{"validation/dual_sourcing.toml", "rule"},
                                         std::pair{"validation/planners_made_in_lots.toml", "rule"}),
                         [](const auto& one) {
                             std::string name = std::string(one.param.first) + one.param.second;
                             std::erase_if(name,
                                           [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
                             return name;
                         });

}  // namespace
}  // namespace entrepot::tests
