export const papers = {
  papers: {
    title: 'Papers',
    about:
      'What delegates read beforehand. Everybody who is invited can open them from a page of their own, so keep secret papers away from here.',
    invitation:
      'Drop a paper here, or choose a file. PDF is best; Word, Excel, PowerPoint and pictures are taken too, up to 20 MB.',
    adding: 'Sending {{name}}',
    added: '{{name}} was added.',
    none: 'There are no papers yet',
    noneMore: 'Add the first one, such as the programme or a draft report.',
    noneYet: 'The organizers have not put any papers here.',
    list: 'Papers of the conference',
    addedAt: 'added at {{at}}',
    remove: 'Take away',
    removeOf: 'Take away {{name}}',
    removeAsk: 'Take this paper away?',
    removeMore: 'Delegates will not be able to open “{{name}}” any more. The copy on your machine stays.',
    keep: 'Keep it',
  },
};
