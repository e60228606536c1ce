#include "studies/cli/snapshot_file.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <new>
#include <optional>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <sys/resource.h>

#include "entrepot_version.hpp"
#include "models/conservation.hpp"
#include "sim/check.hpp"
#include "sim/snapshot.hpp"
#include "studies/cli/commands.hpp"
#include "studies/cli/options.hpp"

namespace entrepot::studies::cli {

namespace {

/// A made-up world may order a million lots at a time: it gets so much memory, and no more.
void limit_memory([[maybe_unused]] std::size_t threads) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
    const rlim_t most = (rlim_t{8} << 30) + (rlim_t{threads} << 24);
    rlimit limit{};
    if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
    limit.rlim_cur = std::min(limit.rlim_cur, most);
    ::setrlimit(RLIMIT_DATA, &limit);
#endif
}

}  // namespace

std::string identity(const scenarios::Loaded& loaded, const std::string& strategy) {
    std::uint64_t hash = 0;
    for (const char c : loaded.text) hash = sim::mix(hash ^ static_cast<unsigned char>(c), 0x9E3779B97F4A7C15ull);
    return fmt::format("{} {:016x} {} by entrepot {} ({})", loaded.scenario.name, hash, strategy, kVersion, kCommit);
}

void read_snapshot(models::World& world, const std::string& file, const std::string& of) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored))
        throw InputError(fmt::format("--from: {} is not a file", file));
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw InputError(fmt::format("--from: {} can't be read", file));
    load(world, of, stream);
    models::check_conservation(world);
}

void write_snapshot(const models::World& world, const std::string& file, const std::string& of) {
    std::ostringstream stream;
    save(world, of, stream);
    write_output(file, stream.view());
}

void distrust(const std::string& file, std::size_t threads, const std::function<void()>& run) {
    limit_memory(threads);
    const sim::RunUnderCheck check;
    std::string why;
    try {
        return run();
    } catch (const sim::ArchiveError& error) {
        throw InputError(fmt::format("--from: {}: {}", file, error.what()));
    } catch (const sim::BrokenInvariant& error) {
        why = error.what();
    } catch (const models::MoneyOverflow&) {
        why = "more money than there can be";
    } catch (const std::out_of_range&) {
        why = "a place that there is not";
    } catch (const std::length_error&) {
        why = "more than there can be";
    } catch (const std::bad_optional_access&) {
        why = "a rule that there is not";
    } catch (const std::bad_alloc&) {
        why = "no memory is left";
    }
    throw InputError(fmt::format(
        "--from: {}: the world in it can't be: it is damaged or was made up; save it again ({})", file, why));
}

}  // namespace entrepot::studies::cli
