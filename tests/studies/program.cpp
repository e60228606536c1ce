#include "studies/program.hpp"

#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

namespace entrepot::tests {

namespace {

[[noreturn]] void become_program(const char* program, const std::vector<std::string>& arguments, const std::string& out,
                                 const std::string& err) {
    if (chdir(ENTREPOT_SOURCE_DIR) != 0) _exit(127);
    dup2(open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    dup2(open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    std::vector<char*> argv{const_cast<char*>(program)};
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    execv(program, argv.data());
    _exit(127);
}

}  // namespace

Outcome entrepot(const std::vector<std::string>& arguments, int interrupt_after_ms, int signal) {
    return run_program(ENTREPOT_PROGRAM, arguments, interrupt_after_ms, signal);
}

Outcome run_program(const char* program, const std::vector<std::string>& arguments, int interrupt_after_ms,
                    int signal) {
    const Scratch scratch;
    const std::string out = scratch.path("out"), err = scratch.path("err");
    const pid_t child = fork();
    if (child == 0) become_program(program, arguments, out, err);
    if (interrupt_after_ms > 0) {
        std::this_thread::sleep_for(std::chrono::milliseconds(interrupt_after_ms));
        kill(child, signal);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), bytes_of(out), bytes_of(err)};
}

Scratch::Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "entrepot-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
}

Scratch::~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::string bytes_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace entrepot::tests
