/* The files of runner/cmd/shells/, taken into the program when it is built. */
#ifndef CMD_SHELL_SCRIPTS_H
#define CMD_SHELL_SCRIPTS_H

extern const char shell_script_bash[], shell_script_zsh[], shell_script_fish[];

#endif
