#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace entrepot::studies::cli {

/// A result can't be written where the user wants it.
struct OutputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One function a command, in the file of its name. Each returns an ExitCode.
int run_validate(const std::vector<std::string>& arguments);
int run_run(const std::vector<std::string>& arguments);
int run_compare(const std::vector<std::string>& arguments);
int run_export(const std::vector<std::string>& arguments);
int run_report(const std::vector<std::string>& arguments);
int run_replay(const std::vector<std::string>& arguments);
int run_explain(const std::vector<std::string>& arguments);
int run_log(const std::vector<std::string>& arguments);
int run_bottlenecks(const std::vector<std::string>& arguments);
int run_twin(const std::vector<std::string>& arguments);
int run_fork(const std::vector<std::string>& arguments);
int run_verify(const std::vector<std::string>& arguments);
int run_calibrate(const std::vector<std::string>& arguments);
int run_list(const std::vector<std::string>& arguments);
int run_update(const std::vector<std::string>& arguments);
int run_completion(const std::vector<std::string>& arguments);

}  // namespace entrepot::studies::cli
