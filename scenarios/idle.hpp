#pragma once

#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "scenarios/checker.hpp"

/// Settings that would silently have no effect. What a base says may stand unused: strategies take it over from each
/// other, and files from files.
namespace entrepot::scenarios {

/// Without a reason, what is asked about holds.
struct Idle {
    std::string reason;  ///< "got X, want Y"
    Path because_of;     ///< what says so
    explicit operator bool() const { return !reason.empty(); }
};

class IdleChecker : protected Checker {
    /// One that stands at a place, whichever strategies take it over from there.
    struct Setting {
        Path path;
        Idle idle;
        bool works = false;     ///< in one of them
        bool harmless = false;  ///< nobody is misled by it: the user hears of it, wherever he has written it
        bool own_doing = true;  ///< what makes it idle is said by no text over its own
    };

public:
    IdleChecker(const Scenario& scenario, const Tree& tree, Problems& problems, Problems& notes)
        : Checker(scenario, tree, problems), notes_(notes) {}

protected:
    /// Height of the text that says it; below all where none does.
    int height(const Path& path) const {
        const auto origin = written(tree_, path);
        return origin ? origin->height : std::numeric_limits<int>::min();
    }

    void judge(const Path& path, const Idle& idle, bool harmless = false) {
        const auto origin = written(tree_, path);
        if (!origin) return;
        Setting& setting = settings_[{origin->file, origin->line, origin->column, path.back()}];
        if (setting.path.empty()) setting.path = path;
        setting.harmless = harmless;
        if (!idle) {
            setting.works = true;
        } else {
            setting.idle = idle;
            setting.own_doing = setting.own_doing && height(idle.because_of) <= origin->height;
        }
    }

    /// In the user's own text it is refused; where he has put a part of a base out of work, he hears of it.
    void tell() {
        for (const auto& [place, setting] : settings_) {
            if (setting.works) continue;
            if (!setting.own_doing) {
                note(setting);
            } else if (setting.harmless) {
                if (height(setting.path) >= 0) note(setting);
            } else if (tree_.by_people && height(setting.path) >= 0) {
                refuse(setting.path, setting.idle.reason, setting.idle.because_of);
            }
        }
    }

    void note(const Setting& setting) {
        notes_.push_back(at(tree_, setting.path, "has no effect: " + setting.idle.reason));
    }

    /// The same of what misleads nobody, so that the user only hears of it.
    void judge_harmless(const Path& path, bool idle, std::string_view reason, const Path& because_of) {
        judge(path, idle ? Idle{std::string(reason), because_of} : Idle{}, true);
    }

    /// Of what is said otherwise than where nothing is said.
    void judge_said(bool said, const Path& path, bool idle, const char* reason, const Path& because_of) {
        if (said) judge(path, idle ? Idle{reason, because_of} : Idle{});
    }

private:
    Problems& notes_;
    std::map<std::tuple<int, int, int, std::string>, Setting> settings_;  ///< by where it is written
};

}  // namespace entrepot::scenarios
