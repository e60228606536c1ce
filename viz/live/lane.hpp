#pragma once

#include <functional>
#include <memory>
#include <string>

#include "scenarios/load.hpp"
#include "studies/live/recording.hpp"
#include "viz/live/case_book.hpp"
#include "viz/live/hours.hpp"

/// One replication of one strategy, with all that is read off it on the way.
namespace entrepot::viz {

class Lane {
public:
    using Told = std::function<void(std::size_t hour, std::vector<Hour>)>;

    /// `told` hears of each hour once, the first time that it has passed.
    Lane(const scenarios::Loaded& loaded, const std::string& strategy, const studies::Which& which, std::size_t memory,
         Told told);
    /// Another future of a lane from where it is.
    Lane(const Lane& before, const scenarios::Loaded& loaded, const std::string& strategy, std::size_t memory,
         Told told);
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    studies::Recording& recording() { return recording_; }
    const studies::Recording& recording() const { return recording_; }
    const models::Network& network() const { return recording_.network(); }
    Scene scene(const Wanted& wanted) const;

private:
    studies::RecordingListeners listeners();
    void hour_ends(const models::World& world);
    Until until_now() const;
    void open_case(const Wanted& wanted, Scene& scene) const;

    Told told_;
    CaseBook cases_;
    std::unique_ptr<HourCounter> hours_;
    std::unique_ptr<Looker> looker_;
    studies::Recording recording_;
};

}  // namespace entrepot::viz
