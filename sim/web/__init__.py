"""Web pages: a server on this computer that shows cases, levers and lessons; nothing leaves the machine.

Read from the address to the answer
    serve          the server in a browser, until it is told to end
    app            which address shows which page
    guard          which requests are refused before anything is done
    page_state     what an address asks for
    pages          what each address shows
    explore_page   levers on one side, what they move on the other; controls and charts draw them
    lesson_page    steps with a prediction before each reveal; lesson_files reads lessons/
    rendering      templates/ with everything escaped
    scenario_text  a page as a scenario file, and back
"""
